// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Resolving
import SeededRandom
import Testing

@testable import Deliverability

@Suite struct `An SPF record` {
    private static let client = ClientAddress.v4(0xC000_0201)

    private func outcome(
        _ record: String, for client: ClientAddress = client, more: [String: [TableSource.Record]] = [:]
    ) async -> SPFOutcome {
        var zone = more
        zone["example.com", default: []].append(.init(type: "TXT", value: record))
        return await SPFEvaluator(TableSource(zone)).evaluate(
            SPFQuestion(client: client, helo: "mail.example.com", sender: "alice@example.com"))
    }

    @Test func `names the term that decided`() async {
        let outcome = await outcome("v=spf1 ip4:198.51.100.0/24 ~ip4:192.0.2.0/28 -all")
        #expect(outcome == SPFOutcome(.softfail, reason: "~ip4:192.0.2.0/28"))
    }

    @Test func `counts its look-ups, those of included policies among them`() async {
        let outcome = await outcome(
            "v=spf1 include:a.example a:mail.example.com -all",
            more: [
                "a.example": [.init(type: "TXT", value: "v=spf1 mx exists:none.example ?all")],
                "mail.example.com": [.init(type: "A", value: "192.0.2.1")],
            ])
        #expect(outcome.result == .pass)
        #expect(outcome.lookups == 4)
    }

    @Test func `may need ten look-ups, not eleven`() async {
        let mail: [String: [TableSource.Record]] = ["m.example": [.init(type: "A", value: "203.0.113.1")]]
        for (count, result) in [(10, SPFResult.fail), (11, .permerror)] {
            let terms = String(repeating: "a:m.example ", count: count)
            #expect(await outcome("v=spf1 \(terms)-all", more: mail).result == result)
        }
    }

    @Test func `may look twice for nothing, not three times`() async {
        for (count, result) in [(2, SPFResult.fail), (3, .permerror)] {
            let terms = (0..<count).map { "a:none\($0).example " }.joined()
            #expect(await outcome("v=spf1 \(terms)-all").result == result)
        }
    }

    @Test func `ends where policies lead in a circle`() async {
        let circle: [String: [TableSource.Record]] = [
            "b.example": [.init(type: "TXT", value: "v=spf1 include:example.com")]
        ]
        #expect(await outcome("v=spf1 include:b.example", more: circle).result == .permerror)
        #expect(await outcome("v=spf1 redirect=example.com").result == .permerror)
    }

    @Test func `is not wrong for good because the DNS fails`() async {
        let failing: [String: [TableSource.Record]] = ["m.example": [.init(type: "*", value: "TIMEOUT")]]
        #expect(await outcome("v=spf1 a:m.example -all", more: failing).result == .temperror)
    }

    @Test(arguments: [
        "v=spf1 ipv4:192.0.2.1", "v=spf1 ip4:192.0.2", "v=spf1 ip4:192.0.2.1/33", "v=spf1 ip4:192.0.2.1/032",
        "v=spf1 ip4:[192.0.2.1]", "v=spf1 ip6:192.0.2.1", "v=spf1 ip6:fe80::1%eth0", "v=spf1 ip6:2001:db8::/129",
        "v=spf1 a:", "v=spf1 a/", "v=spf1 a//", "v=spf1 a/24/64", "v=spf1 all:x", "v=spf1 all/8", "v=spf1 include",
        "v=spf1 include:", "v=spf1 +", "v=spf1 --all", "v=spf1 redirect=", "v=spf1 exp=a.example exp=b.example",
        "v=spf1 a:%{x}.example", "v=spf1 a:%{d0}.example", "v=spf1 a:%{d", "v=spf1 a:%", "v=spf1 a:%{dx}.example",
        "v=spf1 exists:%{c}.example", "v=spf1 a:example.com\tall", "v=spf1 -all; a",
    ])
    func `with a mistake is an error wherever it stands`(_ record: String) async {
        #expect(await outcome("v=spf1 ip4:192.0.2.1 " + record.dropFirst("v=spf1 ".count)).result == .permerror)
    }

    @Test func `never traps and always ends, whatever it holds`() async {
        var random = SplitMix64(seed: 7208)
        let pieces = [
            "a", "mx", "ptr", "include", "exists", "redirect", "exp", "ip4", "ip6", "all", ":", "=", "/", "//", "+",
            "-",
            "~", "?", "%{", "}", "%", "%%", "s", "l", "o", "d", "i", "p", "h", "r", "9", "24", "129", "example.com",
            "192.0.2.1", "2001:db8::1", "::", ".", "..", " ", "\t", "\u{0}", "é", String(repeating: "x", count: 70),
        ]
        for _ in 0..<3000 {
            let count = Int.random(in: 0..<24, using: &random)
            let record = "v=spf1 " + (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let outcome = await outcome(record, more: ["mail.example.com": [.init(type: "A", value: "192.0.2.1")]])
            #expect(outcome.lookups <= 10)
        }
    }

    @Test func `of a megabyte is read in one go`() async {
        let terms = String(repeating: "ip4:198.51.100.1 ", count: 60_000)
        #expect(await outcome("v=spf1 \(terms)-all").result == .fail)
    }
}
