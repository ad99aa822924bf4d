// SPDX-License-Identifier: Apache-2.0
public import Ledger
internal import PosternCore
public import Settings

/// Where state is kept.
public struct StoreSettings: Hashable, Sendable {
    /// The directory of the databases; the daemon's user must be able to write there.
    public var directory: String
    /// How long the ledger remembers.
    public var retention: LedgerRetention

    /// Reads `[store]`.
    public init(_ section: Section) {
        directory = section.value(
            "directory", .absolutePath, default: "/var/lib/postern",
            help: "The directory of the databases. Signing and limits go on without it.")
        var retention = LedgerRetention()
        retention.refusals = section.value(
            "keep-refusals", .duration(in: .hours(1)...(.hours(24 * 3653))), default: retention.refusals,
            help: "How long a kind of refusal is kept after it was last seen. Needs a restart.")
        retention.recipients = section.value(
            "keep-recipients", .duration(in: .hours(1)...(.hours(24 * 3653))), default: retention.recipients,
            help: "How long a recipient's address is kept, in its own column and in the words of a reply. "
                + "Needs a restart.")
        retention.hours = section.value(
            "keep-history", .duration(in: .hours(24)...(.hours(24 * 3653))), default: retention.hours,
            help:
                "How long the counts by the hour are kept; those by the minute are kept for two days, those by the day "
                + "for ten years. Needs a restart.")
        self.retention = retention
    }
}
