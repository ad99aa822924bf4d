// SPDX-License-Identifier: Apache-2.0

/// One message that somebody here submitted, once it is known what becomes of it.
///
/// Mail from outside for domains of ours, notices of Postfix and what a content filter hands back are no submissions.
public struct Submission: Hashable, Sendable {
    /// What becomes of a message at this host.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// It goes its way, unless somebody after us refuses it.
        case passed
        /// It lies in Postfix's hold queue.
        case held
        /// Nothing of it was accepted.
        case refused
    }

    /// The name of the message; `nil` where Postfix gave it none, as when every recipient was refused.
    public var queueID: QueueID?
    /// When it was decided, by the wall clock.
    public var moment: Moment
    /// Who is accountable.
    public var sender: Sender
    /// What kind of sender that is.
    public var senderClass: SenderClass
    /// Which of many behind a shared user; `nil` for all but local users.
    public var subSender: SubSender?
    /// The SMTP client's own address; `nil` for mail of sendmail(1), and where Postfix knew none.
    public var client: ClientAddress?
    /// The envelope sender without angle brackets, empty for `<>`; the submitter's to choose.
    public var envelopeSender: String
    /// How many recipients were accepted whose mail leaves this host, or counts for another reason.
    public var recipients: Int
    /// How many recipients were refused because of a limit.
    public var refusedRecipients = 0
    /// The first of `recipients`, at most `mostAddresses`; empty where nobody asked for them.
    public var addresses: [String] = []
    /// About how large the message is, in bytes: its body where that was seen, else what the client announced.
    public var size: Int?
    /// Whether it was signed.
    public var isSigned = false
    /// The domain whose keys signed it.
    public var signedBy: String?
    /// Why it was not signed; `nil` also where nobody tried, as at the policy service.
    public var unsigned: UnsignedReason?
    /// Which limit stopped it or found it over, in words; `nil` where none did.
    public var reason: String?
    /// How the sender stood under its limits once the message was counted.
    public var standings: [LimitStanding] = []
    /// Whether it says that it goes to many: List-Unsubscribe, List-Id, or Precedence with bulk, list or junk.
    public var isBulk = false
    /// Whether a program answered by it: Auto-Submitted with anything but `no` (RFC 3834 §5).
    public var isAutomatic = false
    /// Whether these are further recipients of a message that was told of before.
    ///
    /// Only the policy service asks about one recipient after the other without ever hearing the end.
    public var isContinued = false
    /// What becomes of it.
    public var outcome: Outcome
    /// The limit that holds it, by its name, and why in words; `nil` where none does.
    public var holdingLimit: (rule: String, reason: String)? {
        get { holding.map { ($0.rule, $0.reason) } }
        set { holding = newValue.map { Holding(rule: $0.rule, reason: $0.reason) } }
    }

    private struct Holding: Hashable {
        var rule: String
        var reason: String
    }

    private var holding: Holding?

    /// How many addresses of recipients are told at most.
    public static let mostAddresses = 50

    /// A message as far as it is always known.
    public init(
        queueID: QueueID?, at moment: Moment, sender: Sender, class senderClass: SenderClass, envelopeSender: String,
        recipients: Int, outcome: Outcome
    ) {
        self.queueID = queueID
        self.moment = moment
        self.sender = sender
        self.senderClass = senderClass
        self.envelopeSender = envelopeSender
        self.recipients = recipients
        self.outcome = outcome
    }
}
