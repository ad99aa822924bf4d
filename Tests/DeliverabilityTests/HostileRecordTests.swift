// SPDX-License-Identifier: Apache-2.0
import SeededRandom
import Testing

@testable import Deliverability

@Suite struct `Records that others wrote` {
    private static let pieces = [
        "v=DMARC1", "v=DKIM1", "p=", "none", ";", "=", "rua=mailto:", "a@b.example", "@", "!", ",", " ", "\t", "\u{0}",
        "\u{1B}[2J", "é", "pct=", "101", "-1", "99999999999999999999", "adkim=s", "sp=reject", "h=sha1", "t=y:s", ":",
        String(repeating: "x", count: 300),
    ]

    private func text(_ random: inout SplitMix64) -> [UInt8] {
        (0..<Int.random(in: 0..<20, using: &random)).flatMap { _ in
            Array((Self.pieces.randomElement(using: &random) ?? "").utf8)
        }
    }

    @Test func `are read without a trap, whatever they hold`() async {
        var random = SplitMix64(seed: 7489)
        for _ in 0..<2000 {
            var site = RightSite()
            let (dmarc, key) = (text(&random), text(&random))
            site.publish(String(decoding: Array("v=DMARC1;".utf8) + dmarc, as: UTF8.self), at: "_dmarc.example.com")
            site.publish(String(decoding: key, as: UTF8.self), at: "s1._domainkey.example.com")
            for finding in await site.items().compactMap(\.finding) {
                #expect(finding.what.count <= Finding.longestText + 1)
            }
        }
    }

    @Test func `are written for a zone file so that they stay one value`() {
        #expect(ZoneRecord.text("a.example", #"x"y\z"#) == #"a.example. IN TXT "x\"y\\z""#)
        #expect(ZoneRecord.text("a.example", "\u{1B}é") == #"a.example. IN TXT "\027\195\169""#)
        let long = ZoneRecord.text("a.example", String(repeating: "k", count: 256))
        #expect(long == "a.example. IN TXT ( \"\(String(repeating: "k", count: 255))\" \"k\" )")
    }
}
