// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

/// What is gathered of a message on its way for those who hear of submissions.
struct SubmissionNotes {
    /// What the client announced with SIZE (RFC 1870).
    private let announcedSize: Int?
    private let keepsAddresses: Bool
    private var recipients = 0
    private var refused = 0
    private var addresses: [String] = []
    /// The bytes of the body, where it was seen.
    private var bodySize = 0

    init(_ arguments: MilterArguments, keepsAddresses: Bool) {
        let size = arguments.parameters.first { $0.lowercased().hasPrefix("size=") }
        announcedSize = size.flatMap { Int($0.dropFirst(5)) }.flatMap { $0 > 0 ? $0 : nil }
        self.keepsAddresses = keepsAddresses
    }

    /// A recipient that counts was accepted.
    mutating func accepted(_ recipient: String) {
        recipients += 1
        if keepsAddresses, addresses.count < Submission.mostAddresses { addresses.append(recipient) }
    }

    /// A recipient was refused because of a limit.
    mutating func refusedRecipient() {
        refused += 1
    }

    /// Whether there is anything to tell.
    var isEmpty: Bool { recipients == 0 && refused == 0 }

    /// Whether recipients were refused.
    var isRefused: Bool { refused > 0 }

    /// A part of the body went by.
    mutating func body(_ size: Int) {
        bodySize += size
    }

    /// The message as it is told.
    func submission(
        _ queueID: QueueID?, at moment: Moment, from sender: Sender, _ senderClass: SenderClass,
        envelopeSender: String, outcome: Submission.Outcome
    ) -> Submission {
        var submission = Submission(
            queueID: queueID, at: moment, sender: sender, class: senderClass, envelopeSender: envelopeSender,
            recipients: outcome == .refused ? 0 : recipients, outcome: outcome)
        submission.refusedRecipients = outcome == .refused ? refused + recipients : refused
        submission.addresses = addresses
        submission.size = bodySize > 0 ? bodySize : announcedSize
        return submission
    }
}
