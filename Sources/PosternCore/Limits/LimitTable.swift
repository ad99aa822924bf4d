// SPDX-License-Identifier: Apache-2.0

/// The counters of many senders under one rule; one shard of them.
///
/// Records of fixed size lie in chunks of 64, so growth copies none of them; an open-addressing index of 32-bit entries
/// finds them. A sender costs no object of its own: with one rate 128 bytes and its part of the index, 5 to 11 bytes.
/// The number of senders is bounded; see `LimitTable+Eviction.swift` for who gives way.
///
/// Moments must come from a clock that no operator can set, such as `SteadyClock`: a leap forward looks like time that
/// passed. Against a leap back the table guards itself.
public struct LimitTable: Sendable {
    let layout: RecordLayout
    /// How many senders are held at most.
    public let capacity: Int
    /// How many senders are held.
    public internal(set) var count = 0
    /// Who had to give way so far.
    public internal(set) var evictions = Evictions()

    /// The records' words, 64 records a chunk.
    var chunks: [[UInt32]] = []
    /// How many places the chunks have given out, those that are free again included.
    var places = 0
    /// Places that are free again.
    var free: [UInt32] = []
    /// 0 for empty, else ten bits of the key's hash above the place plus one.
    var index: [UInt32] = []
    /// The places whose record changed since it was last written down, each once.
    var changed: [UInt32] = []
    /// Where the sweep goes on.
    var sweepHand = 0
    /// Where the search for one who gives way goes on.
    var evictionHand = 0

    static let chunkSize = 64
    static let placeBits: UInt32 = 22
    /// The most senders that one table can hold, by the width of an index entry.
    public static let largestCapacity = 1 << 22 - 2

    /// An empty table for `capacity` senders at most, from 64 to `largestCapacity`.
    public init(rates: [Rate], capacity: Int) {
        layout = RecordLayout(rates: rates)
        self.capacity = min(max(capacity, Self.chunkSize), Self.largestCapacity)
    }

    /// The rates that hold together.
    public var rates: [Rate] { layout.rings.map(\.rate) }
}

// MARK: Taking and giving back

extension LimitTable {
    /// What a table says of an attempt to count.
    public enum Outcome: Hashable, Sendable {
        /// It was counted in all rates.
        case taken
        /// The rate has no room. `wait` is how long until it has, if nothing else comes; `nil` for never.
        case over(Rate, wait: Duration?)
    }

    /// Counts so many if all rates have room, else nothing.
    public mutating func take(_ count: UInt32, for key: SenderKey, at moment: Moment) -> Outcome {
        let now = RecordLayout.clamped(moment)
        guard let place = place(of: key) else {
            // Whoever has no record has all its room: only too much at once is refused, and needs no record.
            if let ring = layout.rings.first(where: { count > $0.rate.limit }) { return .over(ring.rate, wait: nil) }
            let place = insert(key, at: now)
            withRecord(place) { layout, words, base in layout.add(count, now: now, &words, at: base) }
            noteChange(place)
            return .taken
        }
        let full = withRecord(place) { layout, words, base -> (rate: Rate, wait: Int64?)? in
            let now = layout.advance(to: now, &words, at: base)
            if let full = layout.fullest(for: count, now: now, words.span, at: base) { return full }
            layout.add(count, now: now, &words, at: base)
            return nil
        }
        if let full { return .over(full.rate, wait: full.wait.map { .milliseconds($0) }) }
        noteChange(place)
        return .taken
    }

    /// Counts so many whatever the rates say, and tells whether they had room.
    public mutating func observe(_ count: UInt32, for key: SenderKey, at moment: Moment) -> Outcome {
        let now = RecordLayout.clamped(moment)
        let place = place(of: key) ?? insert(key, at: now)
        let full = withRecord(place) { layout, words, base in
            let now = layout.advance(to: now, &words, at: base)
            let full = layout.fullest(for: count, now: now, words.span, at: base)
            layout.add(count, now: now, &words, at: base)
            return full
        }
        noteChange(place)
        return full.map { .over($0.rate, wait: $0.wait.map { .milliseconds($0) }) } ?? .taken
    }

    /// Takes back so many that were counted at `takenAt`.
    ///
    /// Harmless if that has left the window, or the sender is unknown.
    public mutating func giveBack(_ count: UInt32, for key: SenderKey, takenAt: Moment, at moment: Moment) {
        guard let place = place(of: key) else { return }
        withRecord(place) { layout, words, base in
            let now = layout.advance(to: RecordLayout.clamped(moment), &words, at: base)
            layout.subtract(count, takenAt: RecordLayout.clamped(takenAt), now: now, &words, at: base)
        }
        noteChange(place)
    }

    /// How much of each rate a sender has used; empty if nothing is known of it.
    public mutating func usage(of key: SenderKey, at moment: Moment) -> [RateUsage] {
        guard let place = place(of: key) else { return [] }
        return withRecord(place) { layout, words, base in
            layout.advance(to: RecordLayout.clamped(moment), &words, at: base)
            return layout.rings.map { RateUsage(rate: $0.rate, used: layout.sum($0, words.span, at: base)) }
        }
    }

    /// Sets a sender's counters to nothing, as an operator may order.
    public mutating func reset(_ key: SenderKey, at moment: Moment) {
        guard let place = place(of: key) else { return }
        withRecord(place) { layout, words, base in
            layout.begin(key, at: RecordLayout.clamped(moment), &words, at: base)
        }
        noteChange(place)
    }

    /// Frees the places of senders whose counts have all left their windows.
    ///
    /// It looks at `limit` places; the next call goes on behind them.
    public mutating func sweep(_ limit: Int, at moment: Moment) {
        let now = RecordLayout.clamped(moment)
        for _ in 0..<max(0, min(limit, places)) {
            if sweepHand >= places { sweepHand = 0 }
            if isIdle(sweepHand, at: now) { remove(sweepHand) }
            sweepHand += 1
        }
    }
}
