// SPDX-License-Identifier: Apache-2.0

/// One line of the mail log about one recipient, as the listings hear it.
public struct DeliveryNews: Hashable, Sendable {
    /// When it happened, by the line's own stamp; often cut to the second.
    public var moment: Moment
    /// When the line was read.
    public var receivedAt: Moment
    /// Whose words it carries.
    public var source: NewsSource
    /// The provider, by the relay's host name, or for our own pause by the recipient's domain; `nil` if it is none we know.
    public var provider: Provider?
    /// The family of the relay's address; `nil` if no host was asked.
    public var family: AddressFamily?
    /// What the attempt came to.
    public var outcome: DeliveryOutcome
    /// What the reply says, unless it was an acceptance.
    public var evidence: ListingEvidence?
    /// The recipient's domain, in lower case.
    public var recipientDomain: String
    /// The transport (`smtp`, `postern-probe`), by the line's tag; `nil` if it is not told.
    public var transport: String?
    /// The message.
    public var queueID: QueueID?

    /// News as a line of the log tells it.
    public init(
        moment: Moment, receivedAt: Moment, source: NewsSource = .provider, provider: Provider?,
        family: AddressFamily? = .v4, outcome: DeliveryOutcome, evidence: ListingEvidence? = nil,
        recipientDomain: String, transport: String? = nil, queueID: QueueID? = nil
    ) {
        self.moment = moment
        self.receivedAt = receivedAt
        self.source = source
        self.provider = provider
        self.family = family
        self.outcome = outcome
        self.evidence = evidence
        self.recipientDomain = recipientDomain
        self.transport = transport
        self.queueID = queueID
    }
}
