// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@testable import Replies

private func squeezed(_ text: String) throws -> (text: String, code: UInt16?, status: EnhancedStatusCode?) {
    let scratch = try #require(MatchScratch(words: 1))
    let reply = SqueezedReply(text, into: scratch)
    let bytes = UnsafeBufferPointer(start: scratch.text, count: scratch.count)
    return (String(decoding: bytes, as: UTF8.self), reply.code, reply.status)
}

@Suite struct `A reply made ready` {
    @Test(
        arguments: [
            (
                "550-5.7.1 [192.0.2.1] unusual rate of 550-5.7.1 unsolicited mail 550 5.7.1 - gsmtp",
                "550-5.7.1 [192.0.2.1] unusual rate of unsolicited mail - gsmtp"
            ),
            ("421 4.7.0 amount of 4.7.0 unsolicited mail", "421 4.7.0 amount of unsolicited mail"),
            (
                "554-gmx.net Service not available 554-No SMTP service 554 See",
                "554-gmx.net Service not available No SMTP service See"
            ),
            ("550 5.7.1 more than 5500 at 550th street 5.7.10 x", "550 5.7.1 more than 5500 at 550th street 5.7.10 x"),
            ("  450\r\n\t4.2.0 \u{1} busy ", "450 4.2.0 busy"),
            ("host a.example[192.0.2.1] said: 550 no", "550 no"),
            ("delivery temporarily suspended: host a.example[192.0.2.1] refused to talk to me: 421 no", "421 no"),
            ("host a.example[192.0.2.1] said: hello", "host a.example[192.0.2.1] said: hello"),
        ])
    func `holds the words alone`(text: String, expected: String) throws {
        #expect(try squeezed(text).text == expected)
    }

    @Test(
        arguments: [
            ("550 5.7.1 x", 550, "5.7.1"), ("550-5.7.1 x", 550, "5.7.1"), ("550 #5.7.1 x", 550, "5.7.1"),
            ("5.7.606 x", nil, "5.7.606"),
            ("550 x 5.7.1", 550, nil), ("650 5.7.1", nil, nil), ("5500 x", nil, nil), ("550", 550, nil),
            ("421; 4.7.0", 421, "4.7.0"),
        ] as [(String, UInt16?, String?)])
    func `tells code and status at their place only`(text: String, code: UInt16?, status: String?) throws {
        let reply = try squeezed(text)
        #expect(reply.code == code)
        #expect(reply.status?.description == status)
    }

    @Test func `is cut at 8 KiB, between characters`() throws {
        let text = try squeezed(String(repeating: "é", count: 60_000)).text
        #expect(text.utf8.count == 8190)
        #expect(!text.contains("\u{FFFD}"))
    }
}

@Suite struct `Phrases` {
    @Test func `are found as a plain search finds them, whatever the text`() throws {
        var random = SplitMix64(seed: 26)
        for _ in 0..<300 {
            let rules = (0..<70).map { _ in
                (phrases: words(1...3, &random), unless: words(0...2, &random))
            }
            let scanner = try PhraseScanner(rules: rules)
            let scratch = try #require(MatchScratch(words: scanner.words))
            let text = words(1...12, &random).joined(separator: " ")
            _ = SqueezedReply(text, into: scratch)
            scanner.scan(scratch)
            for (index, rule) in rules.enumerated() {
                let bit = UInt64(1) << UInt64(index % 64)
                #expect((scratch.marks[index / 64] & bit != 0) == rule.phrases.contains { text.contains($0) })
                #expect(
                    (scratch.marks[scanner.words + index / 64] & bit != 0) == rule.unless.contains { text.contains($0) }
                )
            }
        }
    }

    /// Words of few letters, so that they often lie within each other.
    private func words(_ count: ClosedRange<Int>, _ random: inout SplitMix64) -> [String] {
        (0..<Int.random(in: count, using: &random)).map { _ in
            String((0..<Int.random(in: 1...4, using: &random)).map { _ in "abc".randomElement(using: &random) ?? "a" })
        }
    }

    @Test func `do not regard letter case`() throws {
        let scanner = try PhraseScanner(rules: [(phrases: ["block list"], unless: [])])
        let scratch = try #require(MatchScratch(words: 1))
        _ = SqueezedReply("on our BLOCK  List", into: scratch)
        scanner.scan(scratch)
        #expect(scratch.marks[0] == 1)
    }
}

@Suite struct `A pattern` {
    private func outcome(_ pattern: String, _ text: String) throws -> Pattern.Outcome {
        let scratch = try #require(MatchScratch(words: 1))
        _ = SqueezedReply(text, into: scratch)
        return try Pattern(pattern).match(in: scratch)
    }

    @Test func `matches without regard to case, other scripts too`() throws {
        #expect(try outcome("block list", "on our BLOCK LIST") == .matched)
        #expect(try outcome("не найден", "Адресат НЕ НАЙДЕН") == .matched)
        #expect(try outcome("block list", "on our list") == .unmatched)
    }

    @Test func `that explodes gives up`() throws {
        #expect(try outcome("(a+)+$", String(repeating: "a", count: 8000) + "!") == .exhausted)
    }

    @Test func `that does not compile says where`() {
        #expect(throws: Pattern.Invalid.self) { try Pattern("a(b") }
    }
}

@Suite struct `An address in a reply` {
    @Test(
        arguments: [
            ("from [192.0.2.1].", "192.0.2.1"), ("IP=192.0.2.1 - no", "192.0.2.1"), ("(2001:db8::25)", "2001:db8::25"),
            ("see ?ip=192.0.2.1&c=bip", "192.0.2.1"), ("192.0.2.1: refused", "192.0.2.1"),
            ("blocked 2001:DB8:0:0:0:0:0:1.", "2001:db8::1"),
            ("5.7.1 none here", nil), ("300.1.1.1", nil), ("c-192.0.2.1.example", nil), ("at 12:30:45", nil),
            ("[x.x.x.x]", nil),
        ] as [(String, String?)])
    func `is found where it stands as a word`(text: String, expected: String?) {
        let bytes = Array(text.utf8)
        let found = bytes.withUnsafeBufferPointer { AddressScanner.first(in: $0, except: nil) }
        #expect(found?.description == expected)
    }
}
