// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Ledger
internal import PosternCore

/// What the ledger knows of one message, sender or recipient.
struct WhyStory: Encodable {
    /// A submitted message and its attempts.
    struct Message: Encodable {
        var time: String
        var queueID: String?
        var sender: String
        var senderClass: String?
        var client: String?
        var script: String?
        var envelopeSender: String
        var recipients: Int
        var refusedRecipients: Int
        var size: Int?
        var signedBy: String?
        var unsigned: String?
        var outcome: String
        var reason: String?
        var standings: [String]

        private enum CodingKeys: String, CodingKey {
            case time, queueID = "queueId", sender, senderClass = "class", client, script, envelopeSender, recipients
            case refusedRecipients, size, signedBy, unsigned, outcome, reason, standings
        }
    }

    /// One attempt to deliver.
    struct Attempt: Encodable {
        var time: String
        var queueID: String?
        var recipient: String
        var sender: String?
        var host: String?
        var provider: String?
        var outcome: String
        var replyClass: String?
        var rule: String?
        var code: String?
        var reply: String?
        var waitsForListing: Bool

        private enum CodingKeys: String, CodingKey {
            case time, queueID = "queueId", recipient, sender, host, provider, outcome, replyClass = "class", rule, code
            case reply, waitsForListing
        }
    }

    /// What was asked.
    let subject: String
    /// Messages of that name, sender or envelope sender, the newest first.
    private(set) var messages: [Message] = []
    /// Attempts for that message in their order, or to that recipient, the newest first.
    private(set) var attempts: [Attempt] = []
    /// Refusals of that sender's mail in the last days, by kind.
    private(set) var refusals: [Refusal] = []

    /// Alike refusals of a sender's mail.
    struct Refusal: Encodable {
        var count: Int
        var last: String
        var provider: String?
        var replyClass: String
        var sample: String

        private enum CodingKeys: String, CodingKey {
            case count, last, provider, replyClass = "class", sample
        }
    }

    /// Whether nothing is known.
    var isEmpty: Bool { messages.isEmpty && attempts.isEmpty && refusals.isEmpty }

    /// Asks the ledger.
    init(of subject: String, in ledger: LedgerReader, limit: Int) throws(LedgerError) {
        self.subject = subject
        if QueueID(subject) != nil {
            messages = try ledger.messages(queueID: subject, limit: limit).map { Message($0) }
            attempts = try ledger.attempts(queueID: subject).map { Attempt($0) }
        }
        guard isEmpty else { return }
        for sender in Self.names(of: subject) {
            messages += try ledger.messages(ofSender: sender, limit: limit).map { Message($0) }
            let query = RejectionQuery(since: Moment(seconds: 0), sender: sender, limit: limit)
            refusals += try ledger.rejections(query).map { Refusal($0) }
        }
        let sent = try ledger.messages(envelopeSender: subject, limit: limit).map { Message($0) }
        for message in sent where !messages.contains(where: { $0.isSame(as: message) }) { messages.append(message) }
        attempts = try ledger.attempts(recipient: subject, limit: limit).map { Attempt($0) }
    }

    /// The names under which a subject may be a sender.
    private static func names(of subject: String) -> [String] {
        let kinds = ["login:", "uid:", "client:", "forwarder:", "local:"]
        if kinds.contains(where: { subject.hasPrefix($0) }) { return [subject] }
        let folded = subject.lowercased()
        return ["login:\(folded)", "forwarder:\(folded)", "client:\(folded)"]
    }

    /// RFC 3339, in UTC.
    static func time(_ moment: Moment) -> String {
        Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension WhyStory.Message {
    fileprivate init(_ message: StoredMessage) {
        self.init(
            time: WhyStory.time(message.time), queueID: message.queueID, sender: message.sender,
            senderClass: message.senderClass?.rawValue, client: message.client, script: message.script,
            envelopeSender: message.envelopeSender, recipients: message.recipients,
            refusedRecipients: message.refusedRecipients, size: message.size, signedBy: message.signedBy,
            unsigned: message.unsigned?.rawValue, outcome: message.outcome.rawValue, reason: message.reason,
            standings: message.standings)
    }

    fileprivate func isSame(as other: Self) -> Bool { time == other.time && queueID == other.queueID }
}

extension WhyStory.Attempt {
    fileprivate init(_ attempt: StoredAttempt) {
        self.init(
            time: WhyStory.time(attempt.time), queueID: attempt.queueID, recipient: attempt.recipient,
            sender: attempt.sender, host: attempt.host, provider: attempt.provider, outcome: "\(attempt.outcome)",
            replyClass: attempt.replyClass?.rawValue, rule: attempt.rule,
            code: attempt.token ?? attempt.status ?? attempt.smtpCode.map { String($0) }, reply: attempt.reply,
            waitsForListing: attempt.waitsForListing)
    }
}

extension WhyStory.Refusal {
    fileprivate init(_ kind: Rejection) {
        self.init(
            count: kind.total, last: WhyStory.time(kind.last), provider: kind.provider?.name,
            replyClass: kind.replyClass.rawValue, sample: kind.sample)
    }
}
