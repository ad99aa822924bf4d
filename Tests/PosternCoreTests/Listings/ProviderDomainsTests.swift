// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `The domains of a provider` {
    @Test func `are those that were shipped, until the log shows another`() {
        var domains = ProviderDomains(shipped: ["a.example": .microsoft])
        #expect(domains.provider(of: "A.example.") == .microsoft)
        let isNews = domains.learn("a.example", of: .yahoo, by: .log, at: .at(0))
        #expect(isNews)
        #expect(domains.domains(of: .microsoft) == [])
        #expect(domains.domains(of: .yahoo) == ["a.example"])
    }

    @Test func `are believed by the log before an MX look-up, for a week`() {
        var domains = ProviderDomains()
        domains.learn("a.example", of: .yahoo, by: .log, at: .at(0))
        domains.learn("a.example", of: .microsoft, by: .mx, at: .at(60 * 24 * 7) - .milliseconds(1))
        #expect(domains.provider(of: "a.example") == .yahoo)
        domains.learn("a.example", of: .microsoft, by: .mx, at: .at(60 * 24 * 7))
        #expect(domains.provider(of: "a.example") == .microsoft)
    }

    @Test func `are not changed by older news`() {
        var domains = ProviderDomains()
        domains.learn("a.example", of: .yahoo, by: .log, at: .at(1))
        let isNews = domains.learn("a.example", of: .microsoft, by: .log, at: .at(0))
        #expect(!isNews)
        #expect(domains.provider(of: "a.example") == .yahoo)
    }

    @Test func `are forgotten by what was not seen for longest when there are too many`() {
        var domains = ProviderDomains(shipped: ["shipped.example": .microsoft], capacity: 32)
        for number in 0..<32 { domains.learn("d\(number).example", of: .yahoo, by: .log, at: .at(Double(number))) }
        domains.learn("d0.example", of: .yahoo, by: .log, at: .at(40))
        domains.learn("new.example", of: .yahoo, by: .log, at: .at(41))
        #expect(domains.learntCount == 30)
        #expect(domains.provider(of: "d0.example") == .yahoo)
        #expect(domains.provider(of: "d1.example") == nil)
        #expect(domains.provider(of: "new.example") == .yahoo)
        #expect(domains.provider(of: "shipped.example") == .microsoft)
    }

    @Test(arguments: ["", "*", ".", ".example", "a@b.example", "a b.example", String(repeating: "a", count: 254)])
    func `are none that cannot be one`(domain: String) {
        var domains = ProviderDomains()
        let isNews = domains.learn(domain, of: .yahoo, by: .log, at: .at(0))
        #expect(!isNews && domains.learntCount == 0)
    }
}
