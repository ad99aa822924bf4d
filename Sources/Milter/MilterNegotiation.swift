// SPDX-License-Identifier: Apache-2.0

/// What one connection of the MTA may do for us, as agreed when it began.
public struct MilterNegotiation: Hashable, Sendable {
    /// The modifications that may be made.
    public let granted: MilterActions
    /// The modifications that were wanted, but that this MTA does not offer.
    ///
    /// They throw when tried; everything else works. A Postfix of any supported version offers all.
    public let missing: MilterActions
    /// Whether header field values come with their leading blank; `false` where it was not wanted or not offered.
    public let keepsLeadingSpace: Bool
    /// Whether the MTA sends the macros that were asked for, rather than those of its own configuration.
    public let sendsNamedMacros: Bool
    /// Whether ``MilterVerdict/skip`` is understood.
    let understandsSkip: Bool

    /// Why not all was agreed, in words for a log; `nil` if all was.
    public var shortfall: String? {
        missing.isEmpty ? nil : "the MTA does not offer: \(missing)"
    }

    /// What holds for a peer that sends steps without having negotiated.
    static let none = MilterNegotiation(
        granted: [], missing: [], keepsLeadingSpace: false, sendsNamedMacros: false, understandsSkip: false)
}
