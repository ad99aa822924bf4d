// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Replies

/// One attempt to deliver to one recipient, as a line of the log tells it and the reply rules read it.
public struct Delivery: Sendable {
    /// When it happened, by the line's own stamp; often cut to the second.
    public let moment: Moment
    /// When the line was read; the same as `moment` where a log is replayed.
    public let receivedAt: Moment
    /// The message.
    public let queueID: QueueID?
    /// The service of master.cf, by the line's tag; `nil` if the tag does not tell.
    public let transport: String?
    /// Whose words the line carries.
    public let source: NewsSource
    /// The recipient, after aliases were expanded.
    public let recipient: String
    /// The recipient's domain in lower case, without a final dot; empty for an address without domain.
    public let recipientDomain: String
    /// The host that answered or was tried last; `nil` if none was.
    public let host: String?
    /// That host's address; `nil` also for a Unix socket.
    public let hostAddress: ClientAddress?
    /// The provider of `host`; where none was asked, the one that the recipient's domain hints at.
    public let provider: Provider?
    /// What it came to.
    public let outcome: DeliveryOutcome
    /// The words, where it was no acceptance.
    public let reply: SMTPReply?
    /// What the rules read in them.
    public let reading: ReplyReading?
    /// Whether the words repeat an older failure: no attempt was made.
    public let isSuspended: Bool
    /// Whom it is put down to; `nil` where the line names no message.
    public let attribution: Attribution?

    /// Why no listing may rest on it; `nil` if one may.
    ///
    /// Whether it is recent enough, and whether a second witness is needed, is for the listing to say.
    public var doubt: ListingDoubt? { ListingDoubt(about: self) }

    /// Whether a server of this host took or refused it: a content filter, a mailbox by LMTP.
    public var isHandedOn: Bool { source == .foreignHost && (hostAddress?.isLoopback ?? true) }

    /// The line as the listings hear it.
    public var news: DeliveryNews {
        DeliveryNews(
            moment: moment, receivedAt: receivedAt, source: source, provider: provider, family: hostAddress?.family,
            outcome: outcome, evidence: reading?.evidence, recipientDomain: recipientDomain, transport: transport,
            queueID: queueID)
    }
}

extension ClientAddress {
    /// Whether it is of IPv4 or IPv6.
    var family: AddressFamily {
        switch self {
        case .v4: .v4
        case .v6: .v6
        }
    }
}
