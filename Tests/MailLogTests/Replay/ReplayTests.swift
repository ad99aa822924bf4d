// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import PostfixWire
import Testing

@Suite struct `A replay` {
    /// A night in which Outlook.com lists our address: one message is accepted before, three are refused.
    private static let night = """
        Feb 18 20:00:00 mail postfix/smtpd[1]: 3F6A81C0201: client=desk[192.0.2.7], sasl_method=PLAIN, sasl_username=alice
        Feb 18 20:00:01 mail postfix/smtp[2]: 3F6A81C0201: to=<one@hotmail.com>, relay=hotmail-com.olc.protection.outlook.com[104.47.66.33]:25, delay=1, dsn=2.6.0, status=sent (250 2.6.0 Queued mail for delivery)
        Feb 18 21:00:00 mail postfix/smtpd[1]: 3F6A81C0202: client=desk[192.0.2.7], sasl_method=PLAIN, sasl_username=mallory
        Feb 18 21:00:01 mail postfix/smtp[2]: 3F6A81C0202: to=<two@hotmail.com>, relay=hotmail-com.olc.protection.outlook.com[104.47.66.33]:25, delay=1, dsn=5.7.1, status=bounced (host hotmail-com.olc.protection.outlook.com[104.47.66.33] said: BLOCK (in reply to MAIL FROM command))
        Feb 18 21:30:01 mail postfix/smtp[2]: 3F6A81C0202: to=<three@hotmail.com>, relay=hotmail-com.olc.protection.outlook.com[104.47.66.33]:25, delay=1, dsn=4.7.1, status=deferred (host hotmail-com.olc.protection.outlook.com[104.47.66.33] said: BLOCK (in reply to MAIL FROM command))
        Feb 19 09:00:00 mail postfix/smtp[2]: 3F6A81C0203: to=<me@hotmail.com>, orig_to=<info@example.com>, relay=hotmail-com.olc.protection.outlook.com[104.47.66.33]:25, delay=1, dsn=5.7.1, status=bounced (host hotmail-com.olc.protection.outlook.com[104.47.66.33] said: BLOCK (in reply to MAIL FROM command))
        Feb 19 09:00:01 mail postfix/smtp[2]: 3F6A81C0204: to=<x@example.net>, relay=mx.example.net[198.51.100.7]:25, delay=1, dsn=5.1.1, status=bounced (host mx.example.net[198.51.100.7] said: 550 5.1.1 no such user here (in reply to RCPT TO command))
        Feb 19 09:00:02 mail postfix/lmtp[2]: 3F6A81C0205: to=<x@example.net>, relay=127.0.0.1[127.0.0.1]:10024, delay=1, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as 3F6A81C0206)
        Feb 19 09:00:03 mail sshd[9]: a line of somebody else
        Feb 19 09:00:04 mail postfix/smtp[2]: 3F6A81C0207: to=<
        """

    private func report(_ text: String = night) throws -> ReplayReport {
        var replay = Replay(
            rules: try #require(shippedRules), policy: policy, years: .from(2026), zone: .utc,
            now: Moment(seconds: 1_780_000_000))
        replay.began(modified: nil)
        for line in text.replacing("BLOCK", with: blockReply).split(separator: "\n") {
            replay.take(Array(line.utf8).span)
        }
        return replay.report
    }

    @Test func `counts its lines and tells its period`() throws {
        let report = try report()
        #expect(report.lines == 10)
        #expect(report.foreign == 1)
        #expect(report.malformed == 1)
        #expect(report.first == Moment(seconds: 1_771_444_800))
        #expect(report.last == Moment(seconds: 1_771_491_602))
    }

    @Test func `counts outcomes and classes by provider`() throws {
        let providers = try report().providers
        #expect(providers.map(\.provider) == ["microsoft-consumer", nil])
        #expect(providers.first?.sent == 1)
        #expect(providers.first?.deferred == 1)
        #expect(providers.first?.bounced == 2)
        #expect(providers.first?.classes == ["ip-block": 3])
        #expect(providers.last?.classes == ["recipient-unknown": 1])
    }

    @Test func `parts episodes by six hours of silence`() throws {
        let episodes = try report().listings
        #expect(episodes.map(\.count) == [2, 1])
        #expect(episodes.map(\.unmistakable) == [2, 1])
        #expect(episodes.map(\.codes) == [["S3140"], ["S3140"]])
        #expect(episodes.first?.last.since(episodes.first?.first ?? Moment(seconds: 0)) == .minutes(30))
    }

    @Test func `tells what the listings would have come to, where no Postern ran and nothing waited`() throws {
        let steps = try report().steps
        #expect(
            steps.map { "\($0.from?.rawValue ?? "") \($0.to?.rawValue ?? "") \($0.why)" } == [
                "clear listed refused", "listed probing probeDue", "probing listed refused", "listed probing probeDue",
                "probing listed refused",
            ])
        #expect(steps.first?.moment == Moment(seconds: 1_771_448_401))
        #expect(steps.last?.moment == Moment(seconds: 1_771_491_600))
    }

    @Test func `tells of a probe by the transport that carried it, each once`() throws {
        let line = "relay=hotmail-com.olc.protection.outlook.com[104.47.66.33]:25, delay=1"
        let refused =
            "dsn=5.7.1, status=deferred (host hotmail-com.olc.protection.outlook.com[104.47.66.33] said: BLOCK (in reply to MAIL FROM command))"
        let steps = try report(
            """
            Feb 18 21:00:00 mail postfix/smtp[2]: 3F6A81C0202: to=<two@hotmail.com>, \(line), \(refused)
            Feb 18 21:30:00 mail postfix/postern-probe/smtp[2]: 3F6A81C0202: to=<two@hotmail.com>, \(line), \(refused)
            Feb 18 21:30:00 mail postfix/postern-probe/smtp[2]: 3F6A81C0202: to=<six@hotmail.com>, \(line), \(refused)
            Feb 18 23:30:00 mail postfix/postern-probe/smtp[2]: 3F6A81C0203: to=<x@outlook.com>, \(line), dsn=2.0.0, status=sent (250 Ok)
            """
        ).steps
        #expect(
            steps.map { "\($0.queueID ?? $0.to?.rawValue ?? "") \($0.why)" } == [
                "listed refused", "probing probeDue", "3F6A81C0202 refused", "listed refused", "probing probeDue",
                "3F6A81C0203 accepted",
            ])
    }

    @Test func `tells how many bounces a pause would have spared`() throws {
        #expect(try report().bouncedByListing == 2)
    }

    @Test func `ranks senders by what was refused`() throws {
        let senders = try report().senders
        #expect(senders.map(\.sender) == ["login:mallory", "forwarder:info@example.com", "login:alice"])
        #expect(senders.first?.block == 2)
        #expect(senders.last?.accepted == 1)
    }

    @Test func `tells the share of what is forwarded, without what a filter takes`() throws {
        let report = try report()
        #expect(report.attempts == 5)
        #expect(report.forwarded == 1)
        #expect(report.forwardedShare == 0.2)
    }

    @Test func `puts refusals of one wording together`() throws {
        let refusals = try report().refusals
        #expect(refusals.map(\.count) == [3, 1])
        #expect(refusals.first?.rule == "microsoft-block-list")
        #expect(refusals.first?.sample == blockReply)
    }

    @Test func `puts unknown wordings together whatever names and numbers they hold`() throws {
        let lines = (1...3).map {
            "Feb 19 09:00:0\($0) mail postfix/smtp[2]: 3F6A81C020\($0): to=<x@example.net>, relay=mx.example.net[198.51.100.7]:25, delay=1, dsn=5.0.0, status=bounced (host mx.example.net[198.51.100.7] said: 554 purple elephants at \($0).example.net (in reply to RCPT TO command))"
        }
        let refusals = try report(lines.joined(separator: "\n")).refusals
        #expect(refusals.map(\.count) == [3])
        #expect(refusals.first?.rule == nil)
    }

    @Test func `of nothing reports nothing`() throws {
        let report = try report("")
        #expect(report.first == nil)
        #expect(report.forwardedShare == 0)
        #expect(report.providers.isEmpty)
    }
}
