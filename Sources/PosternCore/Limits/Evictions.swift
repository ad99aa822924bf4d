// SPDX-License-Identifier: Apache-2.0

/// How many senders gave way to others in a full table, by what they had used.
public struct Evictions: Hashable, Sendable {
    /// Nothing that still counted.
    public internal(set) var idle: UInt64 = 0
    /// Something, but less than a limit.
    public internal(set) var active: UInt64 = 0
    /// A whole limit: these were freed too early.
    ///
    /// More than none means that the table is too small.
    public internal(set) var limited: UInt64 = 0
}
