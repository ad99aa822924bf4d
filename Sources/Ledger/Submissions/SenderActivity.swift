// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

/// What one sender submitted in a span of hours, and what became of it.
public struct SenderActivity: Hashable, Sendable {
    /// The sender, by its name (`Sender.name`); `others` for all that an hour had no room for.
    public let sender: String
    /// What kind of sender that is.
    public let senderClass: SenderClass?
    /// Messages that were submitted.
    public let messages: Int
    /// Recipients that were let through.
    public let recipients: Int
    /// Messages that a limit held.
    public let held: Int
    /// Their recipients.
    public let heldRecipients: Int
    /// Messages that were refused as a whole.
    public let refused: Int
    /// Recipients that a limit refused.
    public let refusedRecipients: Int
    /// What others accepted.
    public let accepted: Int
    /// What others put off.
    public let deferred: Int
    /// What others refused for good.
    public let bounced: Int
    /// Of those deferred or bounced: the recipient does not exist.
    public let unknownUser: Int
    /// Of those deferred or bounced: our address, network or domain was refused or slowed down.
    public let block: Int
    /// How many recipients the sender would have asked for in as long a span, by the fourteen days before it.
    public let usual: Int
    /// Complaints about its mail that came in.
    public let complaints: Int
    /// The networks that its clients were in last, the latest first; at most eight.
    public internal(set) var networks: [String] = []
    /// The scripts or envelope senders behind it, the latest first; at most eight.
    public internal(set) var scripts: [String] = []

    /// All recipients that were asked for, let through or not.
    public var volume: Int { recipients + heldRecipients + refusedRecipients }
    /// How far the volume is above the usual.
    public var excess: Int { max(0, volume - usual) }

    init(_ row: Row) {
        sender = row.text("sender") ?? ""
        senderClass = row.text("sender_class").flatMap { SenderClass(rawValue: $0) }
        messages = Int(row.integer("messages"))
        recipients = Int(row.integer("recipients"))
        held = Int(row.integer("held"))
        heldRecipients = Int(row.integer("held_recipients"))
        refused = Int(row.integer("refused"))
        refusedRecipients = Int(row.integer("refused_recipients"))
        accepted = Int(row.integer("sent"))
        deferred = Int(row.integer("deferred"))
        bounced = Int(row.integer("bounced"))
        unknownUser = Int(row.integer("unknown_user"))
        block = Int(row.integer("block"))
        usual = Int(row.integer("usual"))
        complaints = Int(row.integer("complaints"))
    }
}
