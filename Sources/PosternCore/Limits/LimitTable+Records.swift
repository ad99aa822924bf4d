// SPDX-License-Identifier: Apache-2.0

// What survives a restart. Writing down is incremental: a place is listed at its first change and struck off when read.
extension LimitTable {
    /// Lists a place as changed, once.
    mutating func noteChange(_ place: Int) {
        let isListed = withRecord(place) { layout, words, base in
            let flags = layout.flags(words.span, at: base)
            layout.setFlags(flags.union([.changed, .listed]), &words, at: base)
            return flags.contains(.listed)
        }
        if !isListed { changed.append(UInt32(place)) }
    }

    /// The records that changed since they were last asked for.
    ///
    /// Records that were swept or evicted are not told: whoever stores these may delete all older than the longest window.
    /// At most `limit` are told, to bound the time under a lock; ask again until none are left.
    public mutating func takeChanges(_ limit: Int) -> [LimitRecord] {
        var records: [LimitRecord] = []
        while records.count < limit, let place = changed.popLast() {
            let flags = flags(at: Int(place))
            withRecord(Int(place)) { layout, words, base in
                layout.setFlags(flags.intersection(.alive), &words, at: base)
            }
            if flags.isSuperset(of: [.alive, .changed]) { records.append(record(at: Int(place))) }
        }
        return records
    }

    /// Lists all records as changed: for a store that has nothing of them.
    public mutating func noteAllChanged() {
        for place in 0..<places where flags(at: place).contains(.alive) { noteChange(place) }
    }

    /// Lists the same senders as changed as another table does, as far as they are here.
    mutating func noteChanges(of other: LimitTable) {
        for other in other.changed.map({ other.key(at: Int($0)) }) {
            if let place = place(of: other) { noteChange(place) }
        }
    }

    /// All records, as for a table of other rates that shall go on from this one.
    public func allRecords() -> [LimitRecord] {
        (0..<places).filter { flags(at: $0).contains(.alive) }.map(record)
    }

    /// Counts what a stored record counted, in addition to what came since.
    ///
    /// A stamp in the future, from a clock that was wrong then or is now, is taken for now: the counts are held for a
    /// window at most. A rate whose window is new goes on from the stored window that covers it best, so that a change of
    /// the configuration frees nobody.
    public mutating func restore(_ record: LimitRecord, at moment: Moment) {
        let now = RecordLayout.clamped(moment)
        let stamp = min(RecordLayout.clamped(record.stamp), now)
        guard now - stamp < layout.span else { return }
        let place = place(of: record.key) ?? insert(record.key, at: now)
        withRecord(place) { layout, words, base in
            let now = layout.advance(to: now, &words, at: base)
            for ring in layout.rings {
                guard let counts = record.counts(covering: ring.rate.windowMilliseconds) else { continue }
                let step = RecordLayout.step(of: counts.windowMilliseconds)
                for (age, count) in counts.newestFirst.prefix(RecordLayout.counters).enumerated() {
                    // At the end of its old sub-window, the latest that it can have been counted.
                    let latest = min((stamp / step - Int64(age) + 1) * step - 1, stamp)
                    guard latest >= 0, now / ring.step - latest / ring.step < Int64(RecordLayout.counters) else {
                        continue
                    }
                    let word = base + ring.offset + RecordLayout.place(of: latest / ring.step)
                    words[word] = words[word].addingSaturating(count)
                }
            }
        }
    }

    private func record(at place: Int) -> LimitRecord {
        let chunk = chunks[place / Self.chunkSize]
        let words = chunk.span
        let base = place % Self.chunkSize * layout.stride
        let stamp = layout.stamp(words, at: base)
        let counts = layout.rings.map { ring in
            let current = stamp / ring.step
            var newestFirst: [UInt32] = []
            for age in 0..<Int64(RecordLayout.counters) where current >= age {
                newestFirst.append(words[base + ring.offset + RecordLayout.place(of: current - age)])
            }
            while newestFirst.last == 0 { newestFirst.removeLast() }
            return LimitRecord.Counts(windowMilliseconds: ring.rate.windowMilliseconds, newestFirst: newestFirst)
        }
        return LimitRecord(key: layout.key(words, at: base), stamp: Moment(milliseconds: stamp), counts: counts)
    }
}
