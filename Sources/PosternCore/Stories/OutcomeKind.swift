// SPDX-License-Identifier: Apache-2.0

/// What an attempt says of the one who sent the message: the coarse kinds that tripwires and rankings weigh.
public enum OutcomeKind: UInt8, Hashable, Sendable, CaseIterable {
    /// Accepted by another host.
    case accepted
    /// Put off for a reason that says nothing of the sender.
    case deferred
    /// The recipient does not exist: many of these are a bought or guessed list.
    case unknownUser
    /// The content or its reputation was refused.
    case spamRefusal
    /// Our address, network or domain was refused or slowed down.
    case block
    /// Failed for good for another reason.
    case failed

    /// The kind of an attempt's outcome; `nil` for probes, which send nothing.
    public init?(_ outcome: DeliveryOutcome, _ replyClass: ReplyClass?) {
        switch outcome {
        case .sent:
            self = .accepted
        case .deliverable, .undeliverable:
            return nil
        case .deferred, .bounced, .softBounced, .expired:
            self = Self.refusal(replyClass) ?? (outcome == .deferred || outcome == .softBounced ? .deferred : .failed)
        }
    }

    private static func refusal(_ replyClass: ReplyClass?) -> OutcomeKind? {
        switch replyClass {
        case .ipBlock, .ipThrottle, .domainBlock: .block
        case .spamContent, .reputation: .spamRefusal
        case .recipientUnknown: .unknownUser
        case .authentication, .dnsConfig, .mailboxFull, .recipientPolicy, .greylist, .serverBusy, .network, .tls, .size,
            .relayDenied, .senderRejected, .other, nil:
            nil
        }
    }
}
