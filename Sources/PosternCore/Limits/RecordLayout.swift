// SPDX-License-Identifier: Apache-2.0

/// How one sender's counters lie in memory, and all arithmetic on them.
///
/// A record is a row of 32-bit words: the key (4), the moment of the last change (2), flags (1), then for each rate a
/// ring of 25 counters. A window is cut into 24 sub-windows; the counters are those of the current sub-window and of the
/// 24 before it. An interval of the window's length never reaches further back, so the sum of the ring is never less
/// than what passed in it; and as only the oldest sub-window is counted too generously, nobody waits longer than one
/// sub-window in excess.
///
/// A sub-window is known by its number since 1970 and lies at that number modulo 25, so that turning the ring moves nothing.
struct RecordLayout: Hashable, Sendable {
    /// One rate, cut into sub-windows.
    struct Ring: Hashable, Sendable {
        let rate: Rate
        /// The length of a sub-window in milliseconds, rounded up, so that 24 of them are no shorter than the window.
        let step: Int64
        /// Where in the record the counters begin.
        let offset: Int

        /// After how long without change all counters are out of the window.
        var span: Int64 { step * Int64(RecordLayout.counters) }
    }

    /// What is known of a record beside its counters.
    struct Flags: OptionSet {
        let rawValue: UInt32
        /// The place holds a sender.
        static let alive = Flags(rawValue: 1)
        /// The counters changed since they were last written down.
        static let changed = Flags(rawValue: 2)
        /// The place stands in the list of changed ones, whoever holds it now.
        static let listed = Flags(rawValue: 4)
    }

    /// Into how many parts a window is cut.
    static let subWindows = 24
    /// How many counters a ring has: the sub-windows and the current one.
    static let counters = subWindows + 1
    /// How far a moment may lie behind the last one without the clock being taken for set back: threads overtake each other.
    static let tolerance: Int64 = 10_000

    let rings: [Ring]
    /// The words of a record.
    let stride: Int
    /// After how long without change a record holds nothing any more, in milliseconds.
    let span: Int64

    init(rates: [Rate]) {
        rings = rates.enumerated().map { index, rate in
            Ring(rate: rate, step: Self.step(of: rate.windowMilliseconds), offset: 7 + index * Self.counters)
        }
        stride = 7 + rings.count * Self.counters
        span = rings.map(\.span).max() ?? 0
    }

    /// The length of a sub-window of a window, in milliseconds.
    static func step(of windowMilliseconds: Int64) -> Int64 {
        (windowMilliseconds + Int64(subWindows) - 1) / Int64(subWindows)
    }

    /// A moment in the table's range: nothing before 1970, and far from where numbers end.
    static func clamped(_ moment: Moment) -> Int64 {
        min(max(moment.milliseconds, 0), Int64.max / 4)
    }
}

// MARK: Key, stamp and flags

extension RecordLayout {
    func key(_ words: Span<UInt32>, at base: Int) -> SenderKey {
        SenderKey(
            low: UInt64(words[base]) | UInt64(words[base + 1]) << 32,
            high: UInt64(words[base + 2]) | UInt64(words[base + 3]) << 32)
    }

    func stamp(_ words: Span<UInt32>, at base: Int) -> Int64 {
        Int64(bitPattern: UInt64(words[base + 4]) | UInt64(words[base + 5]) << 32)
    }

    func flags(_ words: Span<UInt32>, at base: Int) -> Flags {
        Flags(rawValue: words[base + 6])
    }

    func setFlags(_ flags: Flags, _ words: inout MutableSpan<UInt32>, at base: Int) {
        words[base + 6] = flags.rawValue
    }

    private func setStamp(_ stamp: Int64, _ words: inout MutableSpan<UInt32>, at base: Int) {
        let bits = UInt64(bitPattern: stamp)
        words[base + 4] = UInt32(truncatingIfNeeded: bits)
        words[base + 5] = UInt32(truncatingIfNeeded: bits >> 32)
    }

    /// Makes the place an empty record of `key`; whether it stands in the list of changed ones stays.
    func begin(_ key: SenderKey, at now: Int64, _ words: inout MutableSpan<UInt32>, at base: Int) {
        let listed = flags(words.span, at: base).intersection(.listed)
        for offset in 0..<stride { words[base + offset] = 0 }
        words[base] = UInt32(truncatingIfNeeded: key.low)
        words[base + 1] = UInt32(truncatingIfNeeded: key.low >> 32)
        words[base + 2] = UInt32(truncatingIfNeeded: key.high)
        words[base + 3] = UInt32(truncatingIfNeeded: key.high >> 32)
        setStamp(now, &words, at: base)
        setFlags(listed.union(.alive), &words, at: base)
    }
}

// MARK: Time

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

// MARK: Counting

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
