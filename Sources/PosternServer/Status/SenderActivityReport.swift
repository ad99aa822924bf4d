// SPDX-License-Identifier: Apache-2.0
public import Ledger
internal import PosternCore

/// One sender as `/v1/senders` and `postern senders --json` show it; see `SenderActivity` for the meanings.
public struct SenderActivityReport: Codable, Sendable {
    /// The sender, by name.
    public var sender: String
    /// What kind of sender that is.
    public var senderClass: String?
    /// Messages that were submitted.
    public var messages: Int
    /// Recipients that were asked for.
    public var volume: Int
    /// Of these, let through.
    public var recipients: Int
    /// What is usual in as long a span.
    public var usual: Int
    /// What is above that.
    public var excess: Int
    /// Messages that a limit held.
    public var held: Int
    /// Their recipients.
    public var heldRecipients: Int
    /// Messages that were refused.
    public var refused: Int
    /// Recipients that a limit refused.
    public var refusedRecipients: Int
    /// Deliveries that others accepted.
    public var accepted: Int
    /// Those that others put off.
    public var deferred: Int
    /// Those that others refused.
    public var bounced: Int
    /// Of those refused: the recipient does not exist.
    public var unknownUser: Int
    /// Of those refused: our address or domain is blocked or throttled.
    public var block: Int
    /// Complaints about its mail that came in.
    public var complaints: Int
    /// The networks of its clients, the latest first.
    public var networks: [String]
    /// The scripts behind it, the latest first.
    public var scripts: [String]

    /// A sender as the ledger counted it.
    public init(_ activity: SenderActivity) {
        sender = activity.sender
        senderClass = activity.senderClass?.rawValue
        messages = activity.messages
        volume = activity.volume
        recipients = activity.recipients
        usual = activity.usual
        excess = activity.excess
        held = activity.held
        heldRecipients = activity.heldRecipients
        refused = activity.refused
        refusedRecipients = activity.refusedRecipients
        accepted = activity.accepted
        deferred = activity.deferred
        bounced = activity.bounced
        unknownUser = activity.unknownUser
        block = activity.block
        complaints = activity.complaints
        networks = activity.networks
        scripts = activity.scripts
    }

    private enum CodingKeys: String, CodingKey {
        case sender, senderClass = "class", messages, volume, recipients, usual, excess, held, heldRecipients, refused
        case refusedRecipients, accepted, deferred, bounced, unknownUser, block, complaints, networks, scripts
    }
}
