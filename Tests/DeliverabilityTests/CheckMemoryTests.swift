// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Deliverability

@Suite struct `What a nightly check has told` {
    private func report(_ findings: Finding...) -> CheckReport {
        CheckReport(findings.map { CheckItem(.addresses, "x", .found($0)) })
    }

    private let missing = Finding(.dkimMissing, about: "s1._domainkey.example.com", "it has no TXT record")
    private let listed = Finding(.blocklisted, about: "192.0.2.1", "bl.example lists 192.0.2.1")
    private let advice = Finding(.dmarcMissing, about: "example.com", "example.com has no DMARC record")

    @Test func `is told once, and again where it was gone in between`() {
        var memory = CheckMemory()
        #expect(memory.take(report(missing)).new == [missing])
        #expect(memory.take(report(missing)).new == [])
        #expect(memory.take(report(listed, missing)).new == [listed])
        #expect(memory.take(report(listed)).new == [])
        #expect(memory.take(report(missing, listed)).new == [missing])
    }

    @Test func `is the same though its words change`() {
        var memory = CheckMemory()
        _ = memory.take(report(listed))
        let reworded = Finding(.blocklisted, about: "192.0.2.1", "other words")
        #expect(memory.take(report(reworded)).new == [])
    }

    @Test func `never is mere advice`() {
        var memory = CheckMemory()
        #expect(memory.take(report(advice)) == CheckMemory.News())
        #expect(memory.take(report()) == CheckMemory.News())
    }

    @Test func `is over when nothing is left, which is said once`() {
        var memory = CheckMemory()
        _ = memory.take(report(missing, listed))
        #expect(!memory.take(report(missing)).isCleared)
        #expect(memory.take(report(advice)).isCleared)
        #expect(!memory.take(report()).isCleared)
    }

    @Test func `stays known while the DNS is silent`() {
        var memory = CheckMemory()
        let silent = Finding(.dnsSilent, about: "resolver", "the DNS does not answer")
        _ = memory.take(report(missing))
        #expect(memory.take(report(silent)).new == [silent])
        #expect(memory.take(report(missing)).new == [])
    }

    @Test func `is what two looks agree upon`() {
        let second = report(missing, listed, advice)
        #expect(second.confirming(report(missing)).findings == [missing, advice])
    }
}
