// SPDX-License-Identifier: Apache-2.0

/// A place in the systemd journal: the last entry that was read.
public struct JournalPosition: Hashable, Sendable, Codable {
    /// The entry's cursor, as sd_journal_get_cursor(3) gives it; opaque.
    public var cursor: String
    /// When the journal took the entry, in microseconds since the Unix epoch: where to go on once the cursor is vacuumed.
    public var realtime: UInt64

    /// The entry of this cursor, taken at `realtime`.
    public init(cursor: String, realtime: UInt64) {
        self.cursor = cursor
        self.realtime = realtime
    }
}
