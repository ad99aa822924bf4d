// SPDX-License-Identifier: Apache-2.0

extension RecordLayout {
    /// Brings the record to `now`: what has left the windows is forgotten.
    ///
    /// A moment a little behind the record's own counts as the record's own. One far behind it means that the clock was
    /// set back: the counters keep their ages and go on from there. Nothing leaves a window too early by that, and nothing
    /// stays longer than by two sub-windows and the time that passed unseen between the last change and the step.
    /// - Returns: The moment that the record now stands at.
    @discardableResult
    func advance(to now: Int64, _ words: inout MutableSpan<UInt32>, at base: Int) -> Int64 {
        let stamp = stamp(words.span, at: base)
        if now <= stamp, stamp - now <= Self.tolerance { return stamp }
        for ring in rings {
            let old = stamp / ring.step
            let new = now / ring.step
            if now > stamp {
                clear(after: old, through: new, ring, &words, at: base)
            } else if now % ring.step <= stamp % ring.step {
                rotate(by: new - old, ring, &words, at: base)
            } else {
                // The current sub-window is further on than it was: one step less of age, lest a count leave too early.
                rotate(by: new - old + 1, ring, &words, at: base)
                merge(new + 1, into: new, ring, &words, at: base)
            }
        }
        setStamp(now, &words, at: base)
        return now
    }

    private func clear(
        after old: Int64, through new: Int64, _ ring: Ring, _ words: inout MutableSpan<UInt32>, at base: Int
    ) {
        let turns = Int(min(new - old, Int64(Self.counters)))
        var place = Self.place(of: old)
        for _ in 0..<turns {
            place = place + 1 == Self.counters ? 0 : place + 1
            words[base + ring.offset + place] = 0
        }
    }

    /// Turns the ring by so many places, each counter keeping its distance from the current one.
    private func rotate(by turns: Int64, _ ring: Ring, _ words: inout MutableSpan<UInt32>, at base: Int) {
        let places = Int64(Self.counters)
        let shift = Int((turns % places + places) % places)
        guard shift != 0 else { return }
        let start = base + ring.offset
        let end = start + Self.counters
        reverse(start, end, &words)
        reverse(start, start + shift, &words)
        reverse(start + shift, end, &words)
    }

    private func merge(
        _ source: Int64, into target: Int64, _ ring: Ring, _ words: inout MutableSpan<UInt32>, at base: Int
    ) {
        let source = base + ring.offset + Self.place(of: source)
        let target = base + ring.offset + Self.place(of: target)
        words[target] = words[target].addingSaturating(words[source])
        words[source] = 0
    }

    private func reverse(_ start: Int, _ end: Int, _ words: inout MutableSpan<UInt32>) {
        var (low, high) = (start, end - 1)
        while low < high {
            words.swapAt(low, high)
            low += 1
            high -= 1
        }
    }

    static func place(of subWindow: Int64) -> Int {
        Int(subWindow % Int64(counters))
    }
}
