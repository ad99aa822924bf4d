// SPDX-License-Identifier: Apache-2.0
public import Settings

/// How far each part goes; a new installation signs and observes.
public struct Modes: Hashable, Sendable {
    /// DKIM signing.
    public var signing: Mode
    /// Limits of senders.
    public var limits: Mode
    /// Pausing a provider that lists us.
    public var listings: Mode

    /// Reads `[modes]`.
    public init(_ section: Section) {
        signing = section.value(
            "signing", .choice, default: .enforce,
            help: "DKIM: off, observe (decide and count only) or enforce (sign).")
        limits = section.value(
            "limits", .choice, default: .observe,
            help:
                "Limits of senders: off, observe (count and alert only) or enforce (hold, defer or reject what is over)."
        )
        listings = section.value(
            "listings", .choice, default: .observe,
            help: "Listings: off, observe (tell only) or enforce (pause a provider that lists us, probe, reopen).")
    }
}
