// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Replies

/// All that is known for a request to be taken off a provider's list; whatever is not known is left out.
public struct DelistingFacts: Hashable, Sendable {
    /// The provider.
    public var provider: Provider
    /// What people call it.
    public var title: String
    /// What the reply rules say can be done; `nil` where no rule read the refusals.
    public var remedy: Remedy?
    /// The provider's own code, such as `S3150`.
    public var code: String?
    /// Who we are on the network: the listed addresses, each with its names.
    public var addresses: [SendingAddress] = []
    /// The name by which our SMTP client greets (`smtp_helo_name`).
    public var greeting: String?
    /// The domains that we sign for.
    public var signingDomains: [String] = []
    /// A recipient's domain at which the newest refusal came.
    public var recipientDomain: String?
    /// The refusal with which it began.
    public var first: Sighting?
    /// The newest refusal.
    public var last: Sighting?
    /// Refusals because of our address since it began.
    public var refusals = 0
    /// Deliveries to the provider by the day, the oldest first.
    public var days: [ProviderDay] = []
    /// The sender that stands out in the day before it began.
    public var culprit: Culprit?
    /// Since when no mail but single tests is sent to the provider; `nil` where mail is not kept.
    public var pausedSince: Moment?
    /// What the operator says was done about the cause.
    public var deeds: [String] = []
    /// What Microsoft's SNDS last told of our addresses; for Microsoft's lists only.
    public var ratings: [Rating] = []
    /// Earlier listings by this provider, the oldest first.
    public var earlier: [Spell] = []
    /// When a request was sent before, for this listing.
    public var requestedAt: Moment?

    /// A refusal as it was seen.
    public struct Sighting: Hashable, Sendable {
        /// When.
        public var at: Moment
        /// The reply, word for word; `nil` where the ledger does not remember it.
        public var reply: String?

        /// A refusal of its parts.
        public init(at: Moment, reply: String?) {
            self.at = at
            self.reply = reply
        }
    }

    /// What SNDS says of an address on one day.
    public struct Rating: Hashable, Sendable {
        /// The address.
        public var address: ClientAddress
        /// When the day began.
        public var day: Moment
        /// `green`, `yellow` or `red`.
        public var colour: String
        /// Messages to trap addresses.
        public var traps: Int

        /// A rating of its parts.
        public init(address: ClientAddress, day: Moment, colour: String, traps: Int) {
            self.address = address
            self.day = day
            self.colour = colour
            self.traps = traps
        }
    }

    /// A time during which the provider refused us.
    public struct Spell: Hashable, Sendable {
        /// From when.
        public var from: Moment
        /// Until when.
        public var until: Moment

        /// A span.
        public init(from: Moment, until: Moment) {
            self.from = from
            self.until = until
        }
    }

    /// What is known of a provider before anything is looked up.
    public init(provider: Provider, title: String, remedy: Remedy? = nil) {
        self.provider = provider
        self.title = title
        self.remedy = remedy
    }
}
