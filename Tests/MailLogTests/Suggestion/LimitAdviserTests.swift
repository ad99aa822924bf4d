// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import PostfixWire
import Testing

@Suite struct `Proposed limits` {
    private func peak(
        _ sender: String, _ peaks: [UInt64], _ senderClass: SenderClass = .login, isSuspicious: Bool = false
    ) -> SenderPeak {
        SenderPeak(
            sender: sender, senderClass: senderClass, messages: 1, recipients: Int(clamping: peaks.last ?? 0),
            peaks: peaks,
            isSuspicious: isSuspicious)
    }

    private func logins(_ count: Int, _ peaks: [UInt64] = [4, 8, 40]) -> [SenderPeak] {
        (0..<count).map { peak("login:user\($0)", peaks) }
    }

    private func proposed(_ peaks: [SenderPeak]) throws -> [UInt32?] {
        try #require(LimitAdviser().advice(for: peaks).classes.first).windows.map(\.proposed)
    }

    @Test func `are the defaults while a class has fewer than twenty senders`() throws {
        #expect(try proposed(logins(19)) == [150, 300, 1000])
        #expect(try proposed(logins(20)) != [150, 300, 1000])
    }

    @Test func `are half as much again as nearly all senders had, rounded up, and not below a floor`() throws {
        #expect(try proposed(logins(20, [70, 100, 900])) == [150, 150, 1500])
        #expect(try proposed(logins(20, [1, 2, 3])) == [30, 60, 200])
    }

    @Test func `go by the 95th percentile of some, and the 99th of many`() throws {
        let some = logins(38, [40, 40, 400]) + logins(2, [400, 400, 4000])
        #expect(try proposed(some) == [60, 60, 600])
        let many = logins(98, [40, 40, 400]) + logins(2, [400, 400, 4000])
        #expect(try proposed(many) == [600, 600, 6000])
    }

    @Test func `name who sent more without a sign of abuse`() throws {
        let peaks = logins(25) + [peak("login:news", [400, 900, 2000])]
        let advice = LimitAdviser().advice(for: peaks)
        #expect(advice.exceptions.map(\.sender) == ["login:news"])
        #expect(advice.exceptions.first?.rates == ["600/10m", "1500/1h", "3000/1d"])
        #expect(advice.exceptions.first?.over == "hold")
        #expect(advice.hitByDefaults == ["login:news"])
    }

    @Test func `leave aside who shows signs of abuse`() throws {
        let peaks = logins(25) + [peak("login:mallory", [4000, 9000, 20_000], isSuspicious: true)]
        let advice = LimitAdviser().advice(for: peaks)
        #expect(advice.suspicious == ["login:mallory"])
        #expect(advice.exceptions.isEmpty)
        #expect(advice.hitByDefaultsCount == 0)
        #expect(advice.classes.first?.windows.map(\.maximum) == [4, 8, 40])
    }

    @Test func `only watch hosts and list managers, each at three times its own peak`() throws {
        let advice = LimitAdviser().advice(for: [peak("client:192.0.2.9", [100, 200, 300], .trustedHost)])
        #expect(advice.classes.first?.over == nil)
        #expect(advice.exceptions.first?.rates == ["300/10m", "600/1h", "1000/1d"])
        #expect(advice.exceptions.first?.over == "observe")
    }

    @Test func `never name a login that would be read as a pattern`() throws {
        let advice = LimitAdviser().advice(for: logins(25) + [peak("login:a*", [400, 900, 2000])])
        #expect(advice.exceptions.isEmpty)
    }

    @Test func `are written as tables, whatever a login holds`() throws {
        let advice = LimitAdviser().advice(for: logins(20) + [peak("login:a\"\\\u{1}b", [400, 900, 2000])])
        #expect(
            advice.toml == """
                # 21 senders; 99 of 100 never had more than 400 in 10m, 900 in 1h, 2000 in 1d
                [[limit]]
                senders = "login"
                rates = ["30/10m", "60/1h", "200/1d"]
                over = "hold"

                # 1 messages to 2000 recipients, no sign of abuse
                [[limit]]
                senders = "login:a\\"\\\\\\u0001b"
                rates = ["600/10m", "1500/1h", "3000/1d"]
                over = "hold"
                """)
    }

    @Test func `survive peaks beyond all numbers`() throws {
        let advice = LimitAdviser().advice(for: [peak("client:192.0.2.9", [.max, .max, .max], .trustedHost)])
        #expect(advice.exceptions.first?.rates.count == 3)
    }

    @Test func `come from a log as the limiter would have counted it`() throws {
        var survey = LimitSurvey(
            rules: try #require(shippedRules), policy: policy, years: .from(2026), zone: .utc,
            now: Moment(seconds: 1_780_000_000))
        survey.began(modified: nil)
        for number in 0..<3 {
            let id = "3F6A81C020\(number)"
            for line in [
                "Feb 18 20:0\(number * 4):00 mail postfix/smtpd[1]: \(id): client=desk[203.0.113.7], sasl_method=PLAIN, sasl_username=alice",
                "Feb 18 20:0\(number * 4):00 mail postfix/qmgr[1]: \(id): from=<a@example.com>, size=1, nrcpt=5 (queue active)",
            ] { survey.take(Array(line.utf8).span) }
        }
        let window = try #require(survey.advice.classes.first?.windows.first)
        #expect(window.window == "10m")
        #expect(window.maximum == 15)
    }
}
