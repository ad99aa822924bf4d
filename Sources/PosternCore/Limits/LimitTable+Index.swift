// SPDX-License-Identifier: Apache-2.0

// Linear probing over a power of two of entries, at most three quarters full; an entry that leaves is filled by moving
// later ones back, so that no tombstones gather. The key is a keyed hash already and needs no further mixing.
extension LimitTable {
    /// Runs `body` on the record at a place that was given out.
    @inline(__always)
    mutating func withRecord<Result>(
        _ place: Int, _ body: (RecordLayout, inout MutableSpan<UInt32>, _ base: Int) -> Result
    ) -> Result {
        var words = chunks[place / Self.chunkSize].mutableSpan
        return body(layout, &words, place % Self.chunkSize * layout.stride)
    }

    /// The key of the record at a place.
    func key(at place: Int) -> SenderKey {
        let chunk = chunks[place / Self.chunkSize]
        return layout.key(chunk.span, at: place % Self.chunkSize * layout.stride)
    }

    /// What is known of a place.
    func flags(at place: Int) -> RecordLayout.Flags {
        let chunk = chunks[place / Self.chunkSize]
        return layout.flags(chunk.span, at: place % Self.chunkSize * layout.stride)
    }

    /// Where the sender's record is.
    func place(of key: SenderKey) -> Int? {
        guard !index.isEmpty else { return nil }
        let mask = index.count - 1
        let tag = Self.tag(of: key)
        var position = Self.home(of: key, mask)
        while index[position] != 0 {
            if index[position] >> Self.placeBits == tag {
                let place = Self.place(in: index[position])
                if self.key(at: place) == key { return place }
            }
            position = (position + 1) & mask
        }
        return nil
    }

    /// Gives an unknown sender a record without counts.
    mutating func insert(_ key: SenderKey, at now: Int64) -> Int {
        if count >= capacity { evict(at: now) }
        let place: Int
        if let last = free.popLast() {
            place = Int(last)
        } else {
            place = places
            if place / Self.chunkSize == chunks.count {
                chunks.append([UInt32](repeating: 0, count: Self.chunkSize * layout.stride))
            }
            places += 1
        }
        withRecord(place) { layout, words, base in layout.begin(key, at: now, &words, at: base) }
        count += 1
        if count * 4 > index.count * 3 { growIndex() } else { enter(place, key) }
        return place
    }

    /// Forgets the sender at a place.
    mutating func remove(_ place: Int) {
        let key = key(at: place)
        guard flags(at: place).contains(.alive), let position = position(of: place, key) else { return }
        closeGap(at: position)
        withRecord(place) { layout, words, base in
            let listed = layout.flags(words.span, at: base).intersection(.listed)
            layout.setFlags(listed, &words, at: base)
        }
        free.append(UInt32(place))
        count -= 1
    }

    private func position(of place: Int, _ key: SenderKey) -> Int? {
        let mask = index.count - 1
        var position = Self.home(of: key, mask)
        while index[position] != 0 {
            if Self.place(in: index[position]) == place { return position }
            position = (position + 1) & mask
        }
        return nil
    }

    private mutating func closeGap(at position: Int) {
        let mask = index.count - 1
        var gap = position
        var next = (gap + 1) & mask
        while index[next] != 0 {
            let home = Self.home(of: key(at: Self.place(in: index[next])), mask)
            // The entry may move back unless its home lies between the gap and itself.
            if (next &- home) & mask >= (next &- gap) & mask {
                index[gap] = index[next]
                gap = next
            }
            next = (next + 1) & mask
        }
        index[gap] = 0
    }

    private mutating func enter(_ place: Int, _ key: SenderKey) {
        let mask = index.count - 1
        var position = Self.home(of: key, mask)
        while index[position] != 0 { position = (position + 1) & mask }
        index[position] = Self.tag(of: key) << Self.placeBits | UInt32(place + 1)
    }

    private mutating func growIndex() {
        index = [UInt32](repeating: 0, count: max(16, index.count * 2))
        for place in 0..<places where flags(at: place).contains(.alive) { enter(place, key(at: place)) }
    }

    private static func home(of key: SenderKey, _ mask: Int) -> Int {
        Int(truncatingIfNeeded: key.low) & mask
    }

    private static func tag(of key: SenderKey) -> UInt32 {
        UInt32(truncatingIfNeeded: key.low >> 54)
    }

    private static func place(in entry: UInt32) -> Int {
        Int(entry & (1 << placeBits - 1)) - 1
    }
}
