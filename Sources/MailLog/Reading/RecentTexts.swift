// SPDX-License-Identifier: Apache-2.0

/// What was made of short texts that come again and again, such as the names of relays, so that it is not made anew for each line.
///
/// One entry for each value of the lowest bits of the hash, the latest: whoever chooses texts that share a place costs a
/// little time and no memory.
struct RecentTexts<Value: Sendable>: Sendable {
    /// How many are kept.
    static var count: Int { 2048 }
    /// The longest text that is kept, in bytes: a domain name and an address in brackets (RFC 1035 §2.3.4, RFC 4291 §2.2).
    static var longest: Int { 300 }

    private struct Entry {
        let text: [UInt8]
        let value: Value
    }

    private var entries: [Entry?]

    init() {
        entries = Array(repeating: nil, count: Self.count)
    }

    /// What `make` made of the text before, or makes of it now.
    mutating func value(of text: Span<UInt8>, make: (Span<UInt8>) -> Value) -> Value {
        guard text.count <= Self.longest else { return make(text) }
        let place = Self.place(of: text)
        if let entry = entries[place], Self.areEqual(entry.text.span, text) { return entry.value }
        let value = make(text)
        entries[place] = Entry(text: text.withUnsafeBufferPointer { Array($0) }, value: value)
        return value
    }

    /// The place by the hash FNV-1a (Fowler, Noll and Vo; draft-eastlake-fnv).
    private static func place(of text: Span<UInt8>) -> Int {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for index in text.indices { hash = (hash ^ UInt64(text[index])) &* 0x100_0000_01B3 }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) & UInt64(count - 1))
    }

    private static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        for index in left.indices where left[index] != right[index] { return false }
        return true
    }
}
