// SPDX-License-Identifier: Apache-2.0

/// What kind of message waits.
public struct WaitingTraits: OptionSet, Hashable, Sendable {
    /// The bits.
    public let rawValue: UInt8

    /// Traits by their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Somebody waits for it: a code, a receipt, an answer.
    public static let timeCritical = WaitingTraits(rawValue: 1)
    /// One of many: a list's, a newsletter.
    public static let bulk = WaitingTraits(rawValue: 2)
    /// Comes from outside and is sent on; what it says is not ours.
    public static let forwarded = WaitingTraits(rawValue: 4)
    /// A notice with the null sender.
    public static let nullSender = WaitingTraits(rawValue: 8)
}
