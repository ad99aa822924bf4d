// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The authentication breaker` {
    private let start = Moment(seconds: 1_000_000)

    @Test func `trips at the third refusal in ten minutes of a domain that passed`() {
        var breaker = AuthenticationBreaker()
        breaker.passed("example.com", at: start)
        #expect(breaker.refused("example.com", reply: "550 a", at: start + .minutes(1)) == nil)
        #expect(breaker.refused("example.com", reply: "550 b", at: start + .minutes(2)) == nil)
        let finding = breaker.refused("example.com", reply: "550 c", at: start + .minutes(11))
        #expect(finding?.domain == "example.com")
        #expect(finding?.refusals == 3)
        #expect(finding?.since == start + .minutes(1))
        #expect(finding?.lastPassed == start)
        #expect(finding?.sample == "550 c")
    }

    @Test func `stays quiet when the three took longer`() {
        var breaker = AuthenticationBreaker()
        breaker.passed("example.com", at: start)
        _ = breaker.refused("example.com", reply: "", at: start)
        _ = breaker.refused("example.com", reply: "", at: start + .minutes(5))
        #expect(breaker.refused("example.com", reply: "", at: start + .minutes(10) + .milliseconds(1)) == nil)
    }

    @Test func `stays quiet about a domain that never passed`() {
        var breaker = AuthenticationBreaker()
        for _ in 0..<5 { #expect(breaker.refused("example.com", reply: "", at: start) == nil) }
    }

    @Test(arguments: [(Duration.zero, true), (.milliseconds(1), false)])
    func `counts a domain as passing for a week`(beyond: Duration, trips: Bool) {
        var breaker = AuthenticationBreaker()
        breaker.passed("example.com", at: start)
        let later = start + .hours(7 * 24) + beyond
        for _ in 0..<2 { _ = breaker.refused("example.com", reply: "", at: later) }
        #expect((breaker.refused("example.com", reply: "", at: later) != nil) == trips)
    }

    @Test func `tells of a domain once an hour`() {
        var breaker = AuthenticationBreaker()
        breaker.passed("example.com", at: start)
        let findings = (0...62).compactMap { breaker.refused("example.com", reply: "", at: start + .minutes($0)) }
        #expect(findings.count == 2)
    }

    @Test func `keeps domains apart`() {
        var breaker = AuthenticationBreaker()
        for domain in ["a.example", "b.example", "c.example"] {
            breaker.passed(domain, at: start)
            #expect(breaker.refused(domain, reply: "", at: start) == nil)
        }
    }

    @Test func `forgets the domain not heard of for longest when it is full`() {
        var breaker = AuthenticationBreaker(capacity: 2)
        breaker.passed("a.example", at: start)
        breaker.passed("b.example", at: start + .seconds(1))
        breaker.passed("c.example", at: start + .seconds(2))
        #expect(breaker.count == 2)
        for _ in 0..<3 { #expect(breaker.refused("a.example", reply: "", at: start + .seconds(3)) == nil) }
    }
}
