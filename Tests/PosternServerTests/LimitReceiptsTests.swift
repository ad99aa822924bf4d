// SPDX-License-Identifier: Apache-2.0
import Milter
import PosternCore
import PostfixWire
import Testing

@testable import PosternServer

@Suite struct `What was counted for a message` {
    let directory: ScratchDirectory
    private let start = Moment(seconds: 1_000_000)
    private let receipts = LimitReceipts()

    init() throws { directory = try ScratchDirectory() }

    /// The event of a line.
    private func event(_ line: String) throws -> (LogEvent, QueueID) {
        var parser = LogLineParser(calendar: LogCalendar(years: .before(start)))
        var text = "Nov 24 02:46:54 mail postfix/\(line)"
        let parsed = text.withUTF8 { parser.parse($0.span) }
        guard case .record(let record) = parsed, let id = record.queueID else { throw NoRecord() }
        return (record.event, id)
    }

    private struct NoRecord: Error {}

    /// How many of five recipients an hour are left after a message of three, and what the log told of it.
    private func left(afterHearing lines: [String], upkeepAfter wait: Duration) throws -> Int {
        let limiter = ShardedLimiter(
            rules: LimitRules(
                [
                    LimitRule(
                        name: "login", subject: .senders(.login), rates: [Rate(limit: 5, window: .hours(1))],
                        over: .reject)
                ], hashKey: HashKey(low: 1, high: 2)))
        let identity = SenderIdentity.accountable(.login("alice"), .login)
        func gate() -> LimitGate { LimitGate(identity: identity, isLocal: false, limiter: limiter) }
        var message = gate()
        for _ in 0..<3 { _ = message.recipient(at: start) }
        _ = message.end(as: identity, subSender: nil, at: start)
        receipts.counted(try #require(QueueID("4AB5E3F8887C")), message, at: start)
        for line in lines {
            let (event, id) = try event(line)
            receipts.heard(event, of: id, at: start)
        }
        receipts.giveBack(at: start + wait)
        var next = gate()
        return (0..<5).count { _ in
            if case .proceed = next.recipient(at: start + wait) { true } else { false }
        }
    }

    private let refused =
        "cleanup[1]: 4AB5E3F8887C: milter-reject: END-OF-MESSAGE from host[192.0.2.7]: 5.7.1 Virus; from=<a@example.com> to=<b@example.org> proto=ESMTP helo=<x>"
    private let active = "qmgr[1]: 4AB5E3F8887C: from=<a@example.com>, size=420, nrcpt=1 (queue active)"

    @Test func `stays counted`() throws {
        #expect(try left(afterHearing: [], upkeepAfter: .seconds(5)) == 2)
    }

    @Test func `is given back when the log tells that another milter refused it, after five seconds`() throws {
        #expect(try left(afterHearing: [refused], upkeepAfter: .milliseconds(4999)) == 2)
        #expect(try left(afterHearing: [refused], upkeepAfter: .seconds(5)) == 5)
    }

    @Test func `is given back once, however often it is told`() throws {
        #expect(try left(afterHearing: [refused, refused], upkeepAfter: .seconds(5)) == 5)
    }

    @Test func `stays counted if qmgr takes the message: the refusal was forged`() throws {
        #expect(try left(afterHearing: [refused, active], upkeepAfter: .seconds(5)) == 2)
        #expect(try left(afterHearing: [active, refused], upkeepAfter: .seconds(5)) == 2)
    }
}
