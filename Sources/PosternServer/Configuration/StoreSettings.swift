// SPDX-License-Identifier: Apache-2.0
public import Settings

/// Where state is kept.
public struct StoreSettings: Hashable, Sendable {
    /// The directory of the databases; the daemon's user must be able to write there.
    public var directory: String

    /// Reads `[store]`.
    public init(_ section: Section) {
        directory = section.value(
            "directory", .absolutePath, default: "/var/lib/postern",
            help: "The directory of the databases. Signing and limits go on without it.")
    }
}
