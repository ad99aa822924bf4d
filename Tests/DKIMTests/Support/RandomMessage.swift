// SPDX-License-Identifier: Apache-2.0
import SeededRandom

/// Messages with all that the RFCs allow and mail has: folds, repeated fields, odd case, 8-bit, blanks, empty lines.
///
/// Left out is where libopendkim differs from RFC 6376: it takes a vertical tab, form feed or lone CR in a field for
/// white space, and leaves out a lone CR in a body.
enum RandomMessage {
    static let signedNames: Set<String> = ["from", "to", "cc", "subject", "date", "reply-to", "references", "list-id"]

    private static let names = [
        "To", "TO", "Cc", "Subject", "subject", "Date", "Reply-To", "References", "List-Id", "X-Other", "Received",
    ]

    static func make(using random: inout SplitMix64) -> [UInt8] {
        var text: [UInt8] = []
        let count = Int.random(in: 0...12, using: &random)
        let from = Int.random(in: 0...count, using: &random)
        for index in 0...count {
            text += [UInt8]((index == from ? "From" : names.randomElement(using: &random) ?? "To").utf8)
            text.append(UInt8(ascii: ":"))
            text += index == from ? [UInt8](" gate@castle.example".utf8) : value(using: &random)
            text += lineEnd(using: &random)
        }
        text += lineEnd(using: &random)
        for _ in 0..<Int.random(in: 0...30, using: &random) {
            text += words(using: &random)
            if Int.random(in: 0..<10, using: &random) > 0 { text += lineEnd(using: &random) }
        }
        return text
    }

    private static func value(using random: inout SplitMix64) -> [UInt8] {
        var value = words(using: &random)
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            value += lineEnd(using: &random)
            value.append(Bool.random(using: &random) ? UInt8(ascii: " ") : UInt8(ascii: "\t"))
            value.append(UInt8(ascii: "z"))
            value += words(using: &random)
        }
        return value
    }

    private static func words(using random: inout SplitMix64) -> [UInt8] {
        let letters = [UInt8]("aB9;:=.<>   \t".utf8) + [0xC3, 0xA4, 0xFF, 0x01]
        return (0..<Int.random(in: 0...40, using: &random)).map { _ in
            letters[Int.random(in: 0..<letters.count, using: &random)]
        }
    }

    private static func lineEnd(using random: inout SplitMix64) -> [UInt8] {
        Int.random(in: 0..<5, using: &random) == 0 ? [UInt8(ascii: "\n")] : [UInt8]("\r\n".utf8)
    }
}
