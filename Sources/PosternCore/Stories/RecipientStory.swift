// SPDX-License-Identifier: Apache-2.0

/// What became of one recipient of a message so far.
public struct RecipientStory: Hashable, Sendable {
    /// The address.
    public let address: String
    /// The address of ours that sends on to this one.
    public internal(set) var forwardedBy: String?
    /// How many attempts were made.
    public internal(set) var attemptCount = 0
    /// What the last attempt came to; `nil` if only the address has been heard of.
    public internal(set) var outcome: DeliveryOutcome?
    /// What the last refusal was about.
    public internal(set) var replyClass: ReplyClass?
    /// When the last attempt was.
    public internal(set) var lastAttempt: Moment?

    /// A number that two addresses have in common only if they are the same, but for chance.
    let key: Int
    /// The kind that was counted last, so that a retry that ends like the one before is not counted again.
    var countedKind: OutcomeKind?

    init(address: String, key: Int) {
        self.address = address
        self.key = key
    }
}
