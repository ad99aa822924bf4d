// SPDX-License-Identifier: Apache-2.0
import PostfixWire
import SeededRandom
import Testing

@Suite struct `A line splitter` {
    private struct Piece: Equatable {
        var text: String
        var end: UInt64
        var isCut = false
    }

    private func feed(_ splitter: inout LineSplitter, _ bytes: [UInt8]) -> [Piece] {
        var pieces: [Piece] = []
        splitter.feed(bytes.span) { line, place in
            pieces.append(Piece(text: text(line), end: place.end, isCut: place.isCut))
        }
        return pieces
    }

    private func feed(_ splitter: inout LineSplitter, _ text: String) -> [Piece] {
        feed(&splitter, Array(text.utf8))
    }

    private func text(_ line: Span<UInt8>) -> String {
        line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    @Test func `hands on each whole line with the offset of its end`() {
        var splitter = LineSplitter(offset: 100)
        #expect(feed(&splitter, "one\ntwo\n") == [Piece(text: "one", end: 104), Piece(text: "two", end: 108)])
        #expect(splitter.offset == 108)
        #expect(splitter.resumption == 108)
    }

    @Test func `keeps the start of a line until its end is there`() {
        var splitter = LineSplitter()
        #expect(feed(&splitter, "one\ntw") == [Piece(text: "one", end: 4)])
        #expect(splitter.resumption == 4)
        #expect(feed(&splitter, "o") == [])
        #expect(splitter.offset == 7)
        #expect(splitter.resumption == 4)
        #expect(feed(&splitter, "\nthree\n") == [Piece(text: "two", end: 8), Piece(text: "three", end: 14)])
    }

    @Test func `takes any offset to begin from`() {
        var splitter = LineSplitter(offset: .max)
        #expect(feed(&splitter, "one\n").map(\.text) == ["one"])
    }

    @Test func `leaves empty lines out`() {
        var splitter = LineSplitter()
        #expect(feed(&splitter, "\n\none\n\n") == [Piece(text: "one", end: 6)])
        #expect(splitter.resumption == 7)
    }

    @Test func `hands on what follows the last line end of a finished file`() {
        var splitter = LineSplitter()
        #expect(feed(&splitter, "one\ntwo") == [Piece(text: "one", end: 4)])
        var last: [String] = []
        splitter.finish { line, place in
            last.append(text(line))
            #expect(place.end == 7)
        }
        #expect(last == ["two"])
        splitter.finish { _, _ in Issue.record("handed on twice") }
    }

    @Test(arguments: [
        LineSplitter.maximumLength - 1, LineSplitter.maximumLength, LineSplitter.maximumLength + 1, 1_000_000,
    ])
    func `cuts what is longer than the limit, whole or in pieces`(length: Int) {
        let line = [UInt8](repeating: UInt8(ascii: "x"), count: length)
        for pieceLength in [length + 6, 1000, 8192] {
            var splitter = LineSplitter()
            var found: [Piece] = []
            let all = line + Array("\nnext\n".utf8)
            for start in stride(from: 0, to: all.count, by: pieceLength) {
                found += feed(&splitter, Array(all[start..<min(start + pieceLength, all.count)]))
            }
            #expect(found.map(\.text.utf8.count) == [min(length, LineSplitter.maximumLength), 4])
            #expect(found.map(\.isCut) == [length > LineSplitter.maximumLength, false])
            #expect(found.last == Piece(text: "next", end: UInt64(length) + 6))
        }
    }

    @Test func `skips the hole that truncation leaves and begins anew behind it`() {
        var splitter = LineSplitter()
        let hole = [UInt8](repeating: 0, count: 20_000)
        #expect(feed(&splitter, Array("one\ntorn".utf8) + hole + Array("two\n".utf8)).map(\.text) == ["one", "two"])
        #expect(splitter.tornCount == 1)
        #expect(feed(&splitter, hole) == [])
        #expect(feed(&splitter, hole + Array("three\n".utf8)) == [Piece(text: "three", end: splitter.offset)])
        #expect(splitter.tornCount == 1)
    }

    @Test func `drops a torn line whose start came before the hole`() {
        var splitter = LineSplitter()
        #expect(feed(&splitter, "torn") == [])
        #expect(feed(&splitter, [0, 0]) == [])
        #expect(feed(&splitter, "two\n").map(\.text) == ["two"])
        #expect(splitter.tornCount == 1)
    }

    @Test func `finds the same lines however the bytes are dealt`() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<200 {
            let bytes: [UInt8] = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                [UInt8(ascii: "\n"), 0, UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "c")]
                    .randomElement(using: &random) ?? 0
            }
            var whole = LineSplitter()
            let expected = feed(&whole, bytes)
            var dealt = LineSplitter()
            var found: [Piece] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 1...9, using: &random))
                found += feed(&dealt, Array(bytes[start..<end]))
                start = end
            }
            #expect(found == expected)
            #expect(dealt.resumption == whole.resumption)
        }
    }
}
