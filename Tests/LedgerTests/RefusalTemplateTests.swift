// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@testable import Ledger

@Suite struct `A refusal's template` {
    @Test(arguments: [
        (
            "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent.",
            "# Unfortunately, messages from [#] weren't sent."
        ),
        (
            "421 4.7.0 [TSS04] Messages from 2001:db8::1 temporarily deferred",
            "# [#] Messages from # temporarily deferred"
        ),
        ("<ann@example.org>: user unknown", "<@>: user unknown"),
        ("no such user ann.lee+x@example.org.", "no such user @."),
        (
            "Host or domain name not found. Name service error for name=mx.example.org",
            "Host or domain name not found. Name service error for *"
        ),
        ("gsmtp a640c23a62f3a-b12si345 - gsmtp", "gsmtp # - gsmtp"),
        ("id deadbeefcafe gone", "id # gone"), ("bad dad faced a cafe", "bad dad faced a cafe"),
        ("for a.example b.example  c.example!", "for *!"), ("a\r\n\t b\u{1B}[2J", "a b [#"),
        ("größe überschritten", "größe überschritten"), ("@", "@"), ("... --- ...", "... --- ..."), ("", ""),
        ("   ", ""),
    ])
    func `keeps the words and masks what differs`(reply: String, template: String) {
        #expect(RefusalTemplate(reply).text == template)
    }

    @Test func `has 256 bytes at most, and ends with a whole character`() {
        #expect(RefusalTemplate(String(repeating: "x", count: 5000)).text.utf8.count == 256)
        let letters = "x" + String(repeating: "é", count: 5000)
        #expect(RefusalTemplate(letters).text == letters.prefix(128))
    }

    @Test func `is the same for any two replies that differ in their numbers`() {
        var random = SplitMix64(seed: 5)
        for _ in 0..<1000 {
            let words = (0..<Int.random(in: 1...20, using: &random)).map { _ in
                ["blocked", "from", "[%]", "(%)", "id=%", "%.%", "see", "A%", "%:"].randomElement(using: &random) ?? ""
            }.joined(separator: " ")
            func filled() -> String {
                words.split(separator: "%", omittingEmptySubsequences: false)
                    .joined(separator: String(UInt32.random(in: 0...9999, using: &random)))
            }
            #expect(RefusalTemplate(filled()) == RefusalTemplate(filled()))
        }
    }

    @Test func `is short, holds no ASCII digit, and is its own template, whatever the reply`() {
        var random = SplitMix64(seed: 7)
        let alphabet = Array("abcxyz019 .:@-_/=<>[](),;\"'é\u{0}\n*#%")
        for _ in 0..<5000 {
            let reply = String(
                (0..<Int.random(in: 0...120, using: &random)).map { _ in
                    alphabet.randomElement(using: &random) ?? " "
                })
            let template = RefusalTemplate(reply)
            #expect(!template.text.utf8.contains { (0x30...0x39).contains($0) })
            #expect(RefusalTemplate(template.text) == template, "\(reply)")
        }
    }
}
