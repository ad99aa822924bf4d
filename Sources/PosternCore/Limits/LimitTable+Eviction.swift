// SPDX-License-Identifier: Apache-2.0

// A hand goes round the records. The first that is idle gives way, else the least used of those looked at; senders at
// their limit only when there is nobody else in the table.
extension LimitTable {
    /// How many records are looked at before the least used of them gives way.
    private static let sample = 32

    /// Makes room for one sender.
    mutating func evict(at now: Int64) {
        var least: (place: Int, fullness: UInt64)?
        var seen = 0
        while seen < places {
            let place = evictionHand < places ? evictionHand : 0
            evictionHand = place + 1
            seen += 1
            guard flags(at: place).contains(.alive) else { continue }
            guard !isIdle(place, at: now) else {
                evictions.idle += 1
                return remove(place)
            }
            let fullness = withRecord(place) { layout, words, base in
                layout.advance(to: now, &words, at: base)
                return layout.fullness(words.span, at: base)
            }
            if fullness < least?.fullness ?? .max { least = (place, fullness) }
            if seen >= Self.sample, let least, least.fullness < 1000 { break }
        }
        guard let least else { return }
        if least.fullness < 1000 { evictions.active += 1 } else { evictions.limited += 1 }
        remove(least.place)
    }

    /// Whether nothing at a place counts any more.
    mutating func isIdle(_ place: Int, at now: Int64) -> Bool {
        guard flags(at: place).contains(.alive) else { return false }
        return withRecord(place) { layout, words, base in
            let stamp = layout.stamp(words.span, at: base)
            // A record from the time before the clock was set back goes on from now, or it would never grow old.
            if stamp > now { layout.advance(to: now, &words, at: base) }
            return now - stamp >= layout.span
        }
    }
}
