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

    func setStamp(_ stamp: Int64, _ words: inout MutableSpan<UInt32>, at base: Int) {
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
