// SPDX-License-Identifier: Apache-2.0

extension RecordLayout {
    /// How much passed in the window of a ring, the oldest sub-window counted whole.
    ///
    /// The record must stand at the moment asked for.
    func sum(_ ring: Ring, _ words: Span<UInt32>, at base: Int) -> UInt64 {
        var sum: UInt64 = 0
        let start = base + ring.offset
        for place in start..<start + Self.counters { sum += UInt64(words[place]) }
        return sum
    }

    /// The rate that `count` more would break and that stays full longest; `nil` if all have room.
    func fullest(for count: UInt32, now: Int64, _ words: Span<UInt32>, at base: Int) -> (rate: Rate, wait: Int64?)? {
        var worst: (rate: Rate, wait: Int64?)?
        for ring in rings {
            let excess = sum(ring, words, at: base) + UInt64(count)
            guard excess > UInt64(ring.rate.limit) else { continue }
            guard count <= ring.rate.limit else { return (ring.rate, nil) }
            let wait = wait(for: excess - UInt64(ring.rate.limit), ring, now: now, words, at: base)
            if let known = worst?.wait, known >= wait { continue }
            worst = (ring.rate, wait)
        }
        return worst
    }

    /// After how long at least `count` have left the window.
    private func wait(for count: UInt64, _ ring: Ring, now: Int64, _ words: Span<UInt32>, at base: Int) -> Int64 {
        let current = now / ring.step
        var left: UInt64 = 0
        for age in (0...Int64(Self.subWindows)).reversed() where current >= age {
            left += UInt64(words[base + ring.offset + Self.place(of: current - age)])
            if left >= count { return (current - age + Int64(Self.counters)) * ring.step - now }
        }
        return ring.span
    }

    /// Counts so many in all rings; a counter that is full stays full.
    func add(_ count: UInt32, now: Int64, _ words: inout MutableSpan<UInt32>, at base: Int) {
        for ring in rings {
            let place = base + ring.offset + Self.place(of: now / ring.step)
            words[place] = words[place].addingSaturating(count)
        }
    }

    /// Takes so many out of the sub-windows in which they were counted; where those have left the window, nothing is done.
    ///
    /// The record must stand at `now`.
    func subtract(_ count: UInt32, takenAt moment: Int64, now: Int64, _ words: inout MutableSpan<UInt32>, at base: Int)
    {
        let moment = min(moment, now)
        for ring in rings {
            let subWindow = moment / ring.step
            guard now / ring.step - subWindow < Int64(Self.counters) else { continue }
            let place = base + ring.offset + Self.place(of: subWindow)
            words[place] -= min(words[place], count)
        }
    }

    /// How full the record is, in thousandths of its tightest rate.
    ///
    /// The record must stand at the moment asked for.
    func fullness(_ words: Span<UInt32>, at base: Int) -> UInt64 {
        rings.reduce(0) { max($0, sum($1, words, at: base) * 1000 / UInt64($1.rate.limit)) }
    }
}
