// SPDX-License-Identifier: Apache-2.0
import DKIM
import SeededRandom
import Testing

/// One way of signing.
struct Manner: Sendable, CustomTestStringConvertible {
    let header: Canonicalization
    let body: Canonicalization
    let keys: [SigningKey]
    let source: KeySource

    var testDescription: String { "\(header)/\(body)" }
    var options: SigningOptions { SigningOptions(headerCanonicalization: header, bodyCanonicalization: body) }

    static func all() throws -> [Manner] {
        let keys = try TestKeys.made()
        return Canonicalization.allCases.flatMap { header in
            Canonicalization.allCases.map { body in
                Manner(
                    header: header, body: body, keys: keys.both, source: keys.source)
            }
        }
    }
}

@Suite struct `Any message` {
    @Test(arguments: try Manner.all())
    func `verifies in libopendkim when signed`(_ manner: Manner) throws {
        var random = SplitMix64(seed: 6376)
        for _ in 0..<60 {
            let message = MessageUnderTest(RandomMessage.make(using: &random))
            let chunk = Int.random(in: 1...200, using: &random)
            let signed = try message.signed(by: manner.keys, options: manner.options, chunk: chunk)
            let results = try Verifier.verify(message: signed, keys: manner.source)
            #expect(
                results.map(\.outcome) == manner.keys.map { _ in .pass },
                "\(String(decoding: signed, as: UTF8.self).debugDescription)")
        }
    }

    @Test(arguments: try Manner.all())
    func `fails when a byte that was signed is changed`(_ manner: Manner) throws {
        var random = SplitMix64(seed: 8301)
        for _ in 0..<40 {
            let message = MessageUnderTest(RandomMessage.make(using: &random))
            let signed = try message.signed(by: manner.keys, options: manner.options)
            guard let changed = Self.change(signed, from: signed.count - message.text.count, using: &random) else {
                continue
            }
            let results = try Verifier.verify(message: changed, keys: manner.source)
            #expect(results.count == manner.keys.count)
            #expect(
                results.allSatisfy { $0.outcome != .pass },
                "\(String(decoding: changed, as: UTF8.self).debugDescription)")
        }
    }

    /// The message with one visible byte changed, in the body or in the value of a signed field.
    ///
    /// White space may change under relaxed canonicalization, and so may the case of a name: they are left alone.
    private static func change(_ signed: [UInt8], from start: Int, using random: inout SplitMix64) -> [UInt8]? {
        var places: [Int] = []
        var isSigned = false, isBody = false
        var lineStart = start
        while lineStart < signed.count {
            let lineEnd = signed[lineStart...].firstIndex(of: UInt8(ascii: "\n")) ?? signed.count - 1
            let line = signed[lineStart..<lineEnd].dropLast()
            var first = line.startIndex
            if !isBody, line.isEmpty {
                isBody = true
            } else if !isBody, let byte = line.first, byte != UInt8(ascii: " "), byte != UInt8(ascii: "\t") {
                let name = String(decoding: line.prefix { $0 != UInt8(ascii: ":") }, as: UTF8.self)
                isSigned = RandomMessage.signedNames.contains(name.lowercased())
                first += name.utf8.count + 1
            }
            if isBody || isSigned { places += (first..<line.endIndex).filter { signed[$0] > 0x20 } }
            lineStart = lineEnd + 1
        }
        guard let place = places.randomElement(using: &random) else { return nil }
        var changed = signed
        changed[place] = signed[place] == UInt8(ascii: "x") ? UInt8(ascii: "y") : UInt8(ascii: "x")
        return changed
    }
}
