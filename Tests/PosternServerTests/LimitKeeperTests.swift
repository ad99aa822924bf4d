// SPDX-License-Identifier: Apache-2.0
import LimitState
import Logging
import PosternCore
import Synchronization
import Testing

@testable import PosternServer

@Suite struct `What the limits count` {
    let directory: ScratchDirectory
    private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init() throws { directory = try ScratchDirectory() }

    /// A daemon's limits, as they begin.
    private func begin() throws -> (mail: MailService, keeper: LimitKeeper) {
        let configuration = try PolicyWorld.configuration(in: directory, rates: "5/1h", at: "milter")
        let state = LimitState(directory: directory.path, fresh: .random(), at: .now) { _ in }
        let mail = MailService(configuration, log: log, continuing: state.start, now: { .now })
        let keeper = LimitKeeper(state, mail: mail, log: log)
        mail.tell(keeper)
        return (mail, keeper)
    }

    /// How many of so many recipients of alice pass.
    private func pass(_ count: Int, _ mail: MailService) throws -> Int {
        let limiter = try #require(mail.policy.limiter)
        var store = limiter.store
        return (0..<count).count { _ in
            var limits = MessageLimits(
                limiter.rules.applying(to: .login("alice"), .login), rules: limiter.rules)
            _ = limits.recipient(at: mail.limitMoment, in: &store)
            return limits.verdict == .accept
        }
    }

    @Test func `goes on after a restart`() async throws {
        let first = try begin()
        #expect(try pass(3, first.mail) == 3)
        await first.keeper.close()
        let second = try begin()
        #expect(second.mail.policy.hashKey == first.mail.policy.hashKey)
        #expect(try pass(5, second.mail) == 2)
    }

    @Test func `is on disk at the next flush, as after a kill`() async throws {
        let first = try begin()
        #expect(try pass(4, first.mail) == 4)
        await first.keeper.flush()
        #expect(try pass(5, try begin().mail) == 1)
    }

    @Test func `before a reload is written though nothing is counted after it`() async throws {
        let first = try begin()
        #expect(try pass(4, first.mail) == 4)
        first.mail.adopt(try PolicyWorld.configuration(in: directory, rates: "5/1h", at: "milter"))
        await first.keeper.close()
        #expect(try pass(5, try begin().mail) == 1)
    }

    @Test func `of twenty thousand senders is written in parts, each sender's`() async throws {
        let (mail, keeper) = try begin()
        let limiter = try #require(mail.policy.limiter)
        var store = limiter.store
        for number in 0..<20_000 {
            var limits = MessageLimits(limiter.rules.applying(to: .login("\(number)"), .login), rules: limiter.rules)
            _ = limits.recipient(at: mail.limitMoment, in: &store)
        }
        await keeper.close()
        var state = LimitState(directory: directory.path, fresh: .random(), at: .now) { _ in }
        var keys: Set<SenderKey> = []
        state.readCounters(at: .now) { _, record in keys.insert(record.key) }
        #expect(keys.count == 20_000)
    }

    @Test func `comes with the sender's name, and with who is stopped`() async throws {
        let (mail, keeper) = try begin()
        let submission = Submission(
            queueID: nil, at: .now, sender: .login("alice"), class: .login, envelopeSender: "", recipients: 1,
            outcome: .passed)
        for hearer in mail.submissionHearers { hearer.heard(submission) }
        mail.stops.stop("login:alice", because: "many origins", from: mail.limitMoment, for: .hours(1))
        await keeper.close()
        var state = LimitState(directory: directory.path, fresh: .random(), at: .now) { _ in }
        let found = state.sender(of: SenderKey(.login("alice"), key: mail.policy.hashKey), at: .now)
        #expect(found?.name == "login:alice")
        let next = try begin()
        #expect(next.mail.stops.reason(of: .login("alice"), at: next.mail.limitMoment) == "many origins")
    }
}
