// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import Testing

@testable import DKIM

/// A body, and what becomes of it.
struct BodyCase: Sendable, CustomTestStringConvertible {
    let body: String
    let simple: String
    let relaxed: String

    init(_ body: String, simple: String, relaxed: String) {
        self.body = body
        self.simple = simple
        self.relaxed = relaxed
    }

    var testDescription: String { body.debugDescription }

    static let table: [BodyCase] = [
        // RFC 6376 §3.4.5, examples 1 to 3.
        BodyCase(" C \r\nD \t E\r\n\r\n\r\n", simple: " C \r\nD \t E\r\n", relaxed: " C\r\nD E\r\n"),
        BodyCase("", simple: "\r\n", relaxed: ""),
        BodyCase("\r\n", simple: "\r\n", relaxed: ""),
        BodyCase("\r\n\r\n\r\n", simple: "\r\n", relaxed: ""),
        BodyCase("a", simple: "a\r\n", relaxed: "a\r\n"),
        BodyCase("a\r\n", simple: "a\r\n", relaxed: "a\r\n"),
        BodyCase("\r\na", simple: "\r\na\r\n", relaxed: "\r\na\r\n"),
        BodyCase("a\r\n\r\nb\r\n\r\n", simple: "a\r\n\r\nb\r\n", relaxed: "a\r\n\r\nb\r\n"),
        BodyCase(" ", simple: " \r\n", relaxed: ""),
        BodyCase(" \r\n\t\r\n", simple: " \r\n\t\r\n", relaxed: ""),
        BodyCase("a \t", simple: "a \t\r\n", relaxed: "a\r\n"),
        BodyCase("a\r\n \r\n", simple: "a\r\n \r\n", relaxed: "a\r\n"),
        BodyCase("a\r\n \r\nb", simple: "a\r\n \r\nb\r\n", relaxed: "a\r\n\r\nb\r\n"),
        BodyCase("\ta\t\tb", simple: "\ta\t\tb\r\n", relaxed: " a b\r\n"),
        BodyCase("a b c", simple: "a b c\r\n", relaxed: "a b c\r\n"),
        // A lone LF ends a line.
        BodyCase("a\nb\n\n", simple: "a\r\nb\r\n", relaxed: "a\r\nb\r\n"),
        BodyCase("\n", simple: "\r\n", relaxed: ""),
        BodyCase("a \nb", simple: "a \r\nb\r\n", relaxed: "a\r\nb\r\n"),
        BodyCase("a\r\n\nb", simple: "a\r\n\r\nb\r\n", relaxed: "a\r\n\r\nb\r\n"),
        // A lone CR is a byte of the line.
        BodyCase("\r", simple: "\r\r\n", relaxed: "\r\r\n"),
        BodyCase("a\rb", simple: "a\rb\r\n", relaxed: "a\rb\r\n"),
        BodyCase("a\r\r\n", simple: "a\r\r\n", relaxed: "a\r\r\n"),
        BodyCase("a \r b", simple: "a \r b\r\n", relaxed: "a \r b\r\n"),
        BodyCase("\r\r\n\r\r\n", simple: "\r\r\n\r\r\n", relaxed: "\r\r\n\r\r\n"),
        BodyCase("a\r\n\r", simple: "a\r\n\r\r\n", relaxed: "a\r\n\r\r\n"),
        // Neither NUL nor other control characters are white space.
        BodyCase("a\u{0} \u{B}b\u{C}", simple: "a\u{0} \u{B}b\u{C}\r\n", relaxed: "a\u{0} \u{B}b\u{C}\r\n"),
        // Long enough for the search by vectors, with something to change at each of its edges.
        BodyCase(
            "0123456789abcde \r\n0123456789abcdef  x\n0123456789abcdefg\t0123456789abcdef0123456789abcdef \r\n",
            simple:
                "0123456789abcde \r\n0123456789abcdef  x\r\n0123456789abcdefg\t0123456789abcdef0123456789abcdef \r\n",
            relaxed:
                "0123456789abcde\r\n0123456789abcdef x\r\n0123456789abcdefg 0123456789abcdef0123456789abcdef\r\n"),
    ]
}

@Suite struct `A body` {
    @Test(arguments: BodyCase.table)
    func `becomes canonical when it comes whole`(_ example: BodyCase) {
        check(example, chunks: [[UInt8](example.body.utf8)])
    }

    @Test(arguments: BodyCase.table)
    func `becomes the same when it comes byte by byte`(_ example: BodyCase) {
        check(example, chunks: example.body.utf8.map { [$0] })
    }

    @Test(arguments: BodyCase.table)
    func `becomes the same wherever it is cut in two`(_ example: BodyCase) {
        let bytes = [UInt8](example.body.utf8)
        for cut in 0...bytes.count {
            check(example, chunks: [Array(bytes[..<cut]), [], Array(bytes[cut...])])
        }
    }

    @Test func `of any bytes becomes the same however it is cut`() {
        var random = SplitMix64(seed: 8463)
        let letters = [UInt8]("  \t\r\n\r\n\nab".utf8)
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                letters[Int.random(in: 0..<letters.count, using: &random)]
            }
            var chunks: [[UInt8]] = []
            var rest = bytes[...]
            while !rest.isEmpty {
                let size = Int.random(in: 0...40, using: &random)
                chunks.append(Array(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            for canonicalization in Canonicalization.allCases {
                #expect(
                    Collected.body(chunks, canonicalization) == reference(bytes, canonicalization),
                    "\(chunks.map { String(decoding: $0, as: UTF8.self) })")
            }
        }
    }

    @Test func `of millions of empty lines is counted, not kept`() {
        let lines = [UInt8](repeating: UInt8(ascii: "\n"), count: 100_000)
        #expect(Collected.body(Array(repeating: lines, count: 20), .simple) == [UInt8]("\r\n".utf8))
        let content = Collected.body(Array(repeating: lines, count: 2) + [[UInt8(ascii: "x")]], .relaxed)
        #expect(content.count == 2 * 200_000 + 3)
    }

    private func check(_ example: BodyCase, chunks: [[UInt8]]) {
        #expect(String(decoding: Collected.body(chunks, .simple), as: UTF8.self) == example.simple)
        #expect(String(decoding: Collected.body(chunks, .relaxed), as: UTF8.self) == example.relaxed)
    }

    /// The definition of RFC 6376 §3.4.3 and §3.4.4, line by line and without thought of speed.
    private func reference(_ body: [UInt8], _ canonicalization: Canonicalization) -> [UInt8] {
        var lines: [[UInt8]] = [[]]
        for byte in body {
            if byte == UInt8(ascii: "\n") {
                if lines[lines.count - 1].last == UInt8(ascii: "\r") { lines[lines.count - 1].removeLast() }
                lines.append([])
            } else {
                lines[lines.count - 1].append(byte)
            }
        }
        if canonicalization == .relaxed {
            lines = lines.map { line in
                var compressed: [UInt8] = []
                for byte in line {
                    let isSpace = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
                    if isSpace, compressed.last == UInt8(ascii: " ") { continue }
                    compressed.append(isSpace ? UInt8(ascii: " ") : byte)
                }
                if compressed.last == UInt8(ascii: " ") { compressed.removeLast() }
                return compressed
            }
        }
        while lines.last == [] { lines.removeLast() }
        if lines.isEmpty, canonicalization == .relaxed { return [] }
        return Array(lines.joined(separator: [UInt8]("\r\n".utf8))) + [UInt8]("\r\n".utf8)
    }
}
