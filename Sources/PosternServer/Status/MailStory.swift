// SPDX-License-Identifier: Apache-2.0
internal import Foundation
public import Ledger
internal import PosternCore

/// What the ledger knows of one message, sender or recipient.
public struct MailStory: Encodable, Sendable {
    /// A submitted message and its attempts.
    public struct Message: Encodable, Sendable {
        /// When.
        public var time: String
        /// The message.
        public var queueID: String?
        /// Who is accountable, by name.
        public var sender: String
        /// What kind of sender that is.
        public var senderClass: String?
        /// The client's address; `nil` for mail of sendmail(1).
        public var client: String?
        /// The script or envelope sender behind a local user.
        public var script: String?
        /// The envelope sender, empty for `<>`.
        public var envelopeSender: String
        /// Recipients that were accepted.
        public var recipients: Int
        /// Recipients that a limit refused.
        public var refusedRecipients: Int
        /// About how large it is, in bytes.
        public var size: Int?
        /// The domain whose keys signed it.
        public var signedBy: String?
        /// Why it was not signed.
        public var unsigned: String?
        /// What became of it.
        public var outcome: String
        /// Which limit stopped it or found it over.
        public var reason: String?
        /// How the sender stood under its limits then.
        public var standings: [String]

        private enum CodingKeys: String, CodingKey {
            case time, queueID = "queueId", sender, senderClass = "class", client, script, envelopeSender, recipients
            case refusedRecipients, size, signedBy, unsigned, outcome, reason, standings
        }
    }

    /// One attempt to deliver.
    public struct Attempt: Encodable, Sendable {
        /// When.
        public var time: String
        /// The message.
        public var queueID: String?
        /// The recipient, in lower case.
        public var recipient: String
        /// Who is accountable, by name.
        public var sender: String?
        /// The host that answered or was tried last.
        public var host: String?
        /// The provider of that host.
        public var provider: String?
        /// What became of it.
        public var outcome: String
        /// What a refusal was about.
        public var replyClass: String?
        /// The reply rule that matched.
        public var rule: String?
        /// The code that the refusal named.
        public var code: String?
        /// What the other side said: not harmless for a terminal.
        public var reply: String?
        /// Whether no host was asked, as the mail of a provider that lists us is kept.
        public var waitsForListing: Bool

        private enum CodingKeys: String, CodingKey {
            case time, queueID = "queueId", recipient, sender, host, provider, outcome, replyClass = "class", rule, code
            case reply, waitsForListing
        }
    }

    /// What was asked.
    public let subject: String
    /// Messages of that name, sender or envelope sender, the newest first.
    public private(set) var messages: [Message] = []
    /// Attempts for that message in their order, or to that recipient, the newest first.
    public private(set) var attempts: [Attempt] = []
    /// Refusals of that sender's mail in the last days, by kind.
    public private(set) var refusals: [Refusal] = []

    /// Complaints about that message, the newest first.
    public private(set) var complaints: [Complaint] = []

    /// Somebody's complaint about a message.
    public struct Complaint: Encodable, Sendable {
        /// When its report came.
        public var time: String
        /// What kind it is, such as `abuse`.
        public var kind: String
        /// Who says that it reports.
        public var reporter: String
    }

    /// Alike refusals of a sender's mail.
    public struct Refusal: Encodable, Sendable {
        /// How many.
        public var count: Int
        /// The newest.
        public var last: String
        /// The provider of that host.
        public var provider: String?
        /// What a refusal was about.
        public var replyClass: String
        /// The newest in full: not harmless for a terminal.
        public var sample: String

        private enum CodingKeys: String, CodingKey {
            case count, last, provider, replyClass = "class", sample
        }
    }

    /// Whether nothing is known.
    public var isEmpty: Bool { messages.isEmpty && attempts.isEmpty && refusals.isEmpty }

    /// Asks the ledger.
    public init(of subject: String, in ledger: LedgerReader, limit: Int) throws(LedgerError) {
        self.subject = subject
        if QueueID(subject) != nil {
            messages = try ledger.messages(queueID: subject, limit: limit).map { Message($0) }
            attempts = try ledger.attempts(queueID: subject).map { Attempt($0) }
            complaints = try ledger.complaints(queueID: subject).map {
                Complaint(time: Self.time($0.time), kind: $0.kind, reporter: $0.reporter)
            }
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

extension MailStory.Message {
    fileprivate init(_ message: StoredMessage) {
        self.init(
            time: MailStory.time(message.time), queueID: message.queueID, sender: message.sender,
            senderClass: message.senderClass?.rawValue, client: message.client, script: message.script,
            envelopeSender: message.envelopeSender, recipients: message.recipients,
            refusedRecipients: message.refusedRecipients, size: message.size, signedBy: message.signedBy,
            unsigned: message.unsigned?.rawValue, outcome: message.outcome.rawValue, reason: message.reason,
            standings: message.standings)
    }

    fileprivate func isSame(as other: Self) -> Bool { time == other.time && queueID == other.queueID }
}

extension MailStory.Attempt {
    fileprivate init(_ attempt: StoredAttempt) {
        self.init(
            time: MailStory.time(attempt.time), queueID: attempt.queueID, recipient: attempt.recipient,
            sender: attempt.sender, host: attempt.host, provider: attempt.provider, outcome: "\(attempt.outcome)",
            replyClass: attempt.replyClass?.rawValue, rule: attempt.rule,
            code: attempt.token ?? attempt.status ?? attempt.smtpCode.map { String($0) }, reply: attempt.reply,
            waitsForListing: attempt.waitsForListing)
    }
}

extension MailStory.Refusal {
    fileprivate init(_ kind: Rejection) {
        self.init(
            count: kind.total, last: MailStory.time(kind.last), provider: kind.provider?.name,
            replyClass: kind.replyClass.rawValue, sample: kind.sample)
    }
}
