// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Synchronization
import Testing

@testable import PosternServer

/// Notes what it hears.
private final class Listener: SubmissionHearer {
    private let notes = Mutex<[Submission]>([])

    var all: [Submission] { notes.withLock { $0 } }

    func heard(_ submission: Submission) { notes.withLock { $0.append(submission) } }
}

@Suite struct `Whoever listens to the policy service` {
    let directory: ScratchDirectory
    private let listener = Listener()

    init() throws { directory = try ScratchDirectory() }

    private func limits(over: String) throws -> PolicyLimits {
        let mail = try PolicyWorld.mail(in: directory, rates: "2/1h", over: over)
        mail.tell(listener)
        return PolicyLimits(mail)
    }

    @Test func `hears of each recipient once, and which belong to one message`() throws {
        let limits = try limits(over: "defer")
        for recipient in ["a@example.org", "b@example.org", "b@example.org", "c@example.org"] {
            _ = limits.answer(PolicyWorld.asked(.recipient, instance: "1", recipient: recipient))
        }
        #expect(listener.all.map(\.recipients) == [1, 1, 0])
        #expect(listener.all.map(\.refusedRecipients) == [0, 0, 1])
        #expect(listener.all.map(\.isContinued) == [false, true, true])
        #expect(listener.all.map(\.outcome) == [.passed, .passed, .refused])
        #expect(listener.all.first?.sender == .login("alice"))
        #expect(listener.all.first?.client == .v4(0xC000_0207))
    }

    @Test func `hears of a message as a whole where it is asked about so`() throws {
        let limits = try limits(over: "hold")
        _ = limits.answer(PolicyWorld.asked(.data, instance: "1", recipient: "", count: 3))
        #expect(listener.all.map(\.recipients) == [3])
        #expect(listener.all.map(\.outcome) == [.held])
    }

    @Test func `hears nothing of mail from outside`() throws {
        let limits = try limits(over: "hold")
        _ = limits.answer(PolicyWorld.asked(.recipient, instance: "1", recipient: "me@example.com", login: ""))
        #expect(listener.all == [])
    }
}
