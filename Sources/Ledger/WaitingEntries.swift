// SPDX-License-Identifier: Apache-2.0

/// What has been recorded and is not yet with the writer.
struct WaitingEntries {
    private(set) var entries: [LedgerEntry] = []
    private(set) var positions: [String: String] = [:]
    /// Entries that found no room.
    private(set) var lostCount = 0

    /// Adds entries as far as there is room, and the place in the source that they lead up to.
    mutating func add(_ more: some Collection<LedgerEntry>, reaching position: LedgerPosition?, maximum: Int) {
        let room = max(0, maximum - entries.count)
        entries.append(contentsOf: more.prefix(room))
        lostCount += max(0, more.count - room)
        if let position { positions[position.source] = position.text }
    }
}
