// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A listing opens` {
    private let text = "4.7.0 Microsoft lists 192.0.2.1 (S3150); mail is kept and will be retried"

    @Test func `at one unmistakable refusal, and keeps the provider's mail for a lease`() {
        var machine = ListingMachine.microsoft
        #expect(
            machine.heard(.refused(.s3150, at: .at(0))).deeds == [
                .alert(.listed), .openPause(text: text, until: .at(30)), .budgetChanged(.nothing),
            ])
        #expect(machine.state.name == .listed)
        #expect(machine.heard(.refused(.s3150, at: .at(1))).deeds == [])
    }

    @Test func `not by what an accepted message's reply quotes`() {
        var machine = ListingMachine.microsoft
        var news = DeliveryNews.accepted(at: .at(0))
        news.evidence = .s3150
        #expect(machine.heard(news) == [])
    }

    @Test(arguments: [NewsSource.foreignHost, .ourPause, .postfix, .untrusted])
    func `not by words that are not the provider's own`(source: NewsSource) {
        var machine = ListingMachine.microsoft
        #expect(machine.heard(.refused(.s3150, at: .at(0)).from(source)) == [])
        #expect(machine.state == .clear)
    }

    @Test(arguments: [RefusalScope.signingDomain, .message, .recipient])
    func `not by a refusal that is about something else than our address`(scope: RefusalScope) {
        var machine = ListingMachine.microsoft
        var evidence = ListingEvidence.s3150
        evidence.scope = scope
        #expect(machine.heard(.refused(evidence, at: .at(0))) == [])
    }

    @Test func `not by a wording that belongs to another provider`() {
        var machine = ListingMachine.microsoft
        var evidence = ListingEvidence.s3150
        evidence.isWordedByItsHost = false
        #expect(machine.heard(.refused(evidence, at: .at(0))) == [])
    }

    @Test func `not by news of ten minutes and a moment ago, which is written down`() {
        var machine = ListingMachine.microsoft
        let late = DeliveryNews.refused(.s3150, at: .at(0)).read(at: .at(10) + .milliseconds(1))
        #expect(
            machine.heard(late) == [
                .record(.refusal(.s3150, domain: "hotmail.com", queueID: nil, isOld: true, at: .at(0)))
            ])
        #expect(machine.state == .clear)
        var punctual = ListingMachine.microsoft
        _ = punctual.heard(.refused(.s3150, at: .at(0)).read(at: .at(10)))
        #expect(punctual.state.name == .listed)
    }

    @Test func `not while the log cannot be read`() {
        var machine = ListingMachine.microsoft
        _ = machine.wentBlind(at: .at(0))
        #expect(machine.heard(.refused(.s3150, at: .at(1))).deeds == [])
        _ = machine.sawAgain(at: .at(2))
        #expect(machine.heard(.refused(.s3150, at: .at(3))).alerts == [.listed])
    }

    @Test func `at a stamp from the future, which is a clock's error`() {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.s3150, at: .at(60 * 24 * 365)).read(at: .at(0)))
        #expect(machine.memory.lastRefusal == .at(0))
        #expect(machine.state.name == .listed)
    }

    @Test func `only when two recipient domains say what a customer can word`() {
        var machine = ListingMachine.microsoft
        #expect(machine.heard(.refused(.tenant, at: .at(0), domain: "a.example")).deeds == [])
        #expect(machine.heard(.refused(.tenant, at: .at(1), domain: "a.example")).deeds == [])
        #expect(machine.heard(.refused(.tenant, at: .at(61) + .milliseconds(1), domain: "b.example")).alerts == [])
        #expect(machine.heard(.refused(.tenant, at: .at(121), domain: "a.example")).alerts == [.listed])
    }

    @Test func `with words that name neither code nor address where the reply does not`() {
        var machine = ListingMachine.microsoft
        let bare = ListingEvidence(replyClass: .ipBlock, grade: .unmistakable)
        #expect(
            machine.heard(.refused(bare, at: .at(0))).contains(
                .openPause(
                    text: "4.7.0 Microsoft lists our address; mail is kept and will be retried", until: .at(30))))
    }

    @Test func `without a character of the other side's that could end the text`() {
        var machine = ListingMachine.microsoft
        var evidence = ListingEvidence.s3150
        evidence.token = "S3150\nbad\u{0}\u{202E}"
        let effects = machine.heard(.refused(evidence, at: .at(0)))
        #expect(
            effects.contains(
                .openPause(
                    text: "4.7.0 Microsoft lists 192.0.2.1 (S3150bad); mail is kept and will be retried",
                    until: .at(30))))
    }
}
