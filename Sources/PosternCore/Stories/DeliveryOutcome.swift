// SPDX-License-Identifier: Apache-2.0

/// What one attempt for one recipient came to, by the words that Postfix logs as `status=`.
public enum DeliveryOutcome: UInt8, Hashable, Sendable, CaseIterable {
    /// Delivered or handed on.
    case sent
    /// To be tried again.
    case deferred
    /// Failed for good.
    case bounced
    /// Would have failed, but `soft_bounce` makes it wait: `SOFTBOUNCE`.
    case softBounced
    /// Given up because it was too old.
    case expired
    /// A probe of address verification or `sendmail -bv` found that it can be delivered.
    case deliverable
    /// Such a probe found that it cannot.
    case undeliverable
}
