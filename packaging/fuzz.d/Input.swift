// SPDX-License-Identifier: Apache-2.0

/// The bytes of one execution, taken from the front; past their end all is zero or empty.
struct Input {
    private(set) var rest: [UInt8]

    init(_ start: UnsafePointer<UInt8>?, _ count: Int) {
        rest = Array(UnsafeBufferPointer(start: start, count: count))
    }

    mutating func byte() -> UInt8 { rest.isEmpty ? 0 : rest.removeFirst() }

    /// Up to the next LF, which is taken too.
    mutating func line() -> [UInt8] {
        let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
        defer { rest.removeFirst(min(end + 1, rest.count)) }
        return Array(rest[..<end])
    }

    mutating func text() -> String { String(decoding: line(), as: UTF8.self) }

    var all: String { String(decoding: rest, as: UTF8.self) }

    /// Cuts `bytes` at places that `seed` chooses, mostly near to each other.
    static func pieces(of bytes: [UInt8], seed: UInt8) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var state = UInt32(seed) &* 2_654_435_761 | 1
        var start = 0
        while start < bytes.count {
            state = state &* 1_664_525 &+ 1_013_904_223
            let length = 1 + Int(state >> 16) % (state >> 30 == 0 ? 64 : 5)
            let end = min(start + length, bytes.count)
            pieces.append(Array(bytes[start..<end]))
            start = end
        }
        return pieces
    }
}
