// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A provider that throttles us` {
    private func slowed() -> ListingMachine {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.throttled, at: .at(-1)))
        _ = machine.heard(.refused(.throttled, at: .at(0)))
        return machine
    }

    @Test func `is slowed at the second precursor within ten minutes`() {
        var machine = ListingMachine.microsoft
        #expect(machine.heard(.refused(.throttled, at: .at(0))).deeds == [])
        #expect(
            machine.heard(.refused(.throttled, at: .at(10))).deeds == [
                .alert(.slowed),
                .openPause(
                    text: "4.7.0 Microsoft limits mail from our address (4.7.651); mail is kept and will be retried",
                    until: .at(40)),
                .budgetChanged(.perMinute(6)),
            ])
    }

    @Test func `is not slowed when they are further apart`() {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.throttled, at: .at(0)))
        _ = machine.heard(.refused(.throttled, at: .at(10) + .milliseconds(1)))
        #expect(machine.state == .clear)
    }

    @Test func `is not slowed by two recipients of one message`() throws {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.throttled, at: .at(0), domain: "hotmail.com", try .test(1)))
        _ = machine.heard(.refused(.throttled, at: .at(0), domain: "live.com", try .test(1)))
        #expect(machine.state == .clear)
    }

    @Test func `is slowed by a vague word after a precursor, not by vague words alone`() {
        var machine = ListingMachine.microsoft
        _ = machine.heard(.refused(.vague, at: .at(0)))
        _ = machine.heard(.refused(.vague, at: .at(1)))
        _ = machine.heard(.refused(.throttled, at: .at(2)))
        #expect(machine.state == .clear)
        _ = machine.heard(.refused(.vague, at: .at(3)))
        #expect(machine.state.name == .slowed)
    }

    @Test func `lets out six a minute, retries among them, and waits for what became of each`() throws {
        var machine = slowed()
        var free: [Bool] = []
        for id in 0..<7 { free.append(machine.takeRelease(of: try .test(id), at: .at(1))) }
        #expect(free == [true, true, true, true, true, true, false])
        _ = machine.heard(.accepted(at: .at(1.5), try .test(0)))
        #expect(!machine.takeRelease(of: try .test(0), at: .at(1.9)))
        #expect(machine.takeRelease(of: try .test(0), at: .at(2)))
        #expect(!machine.takeRelease(of: try .test(7), at: .at(2)))
    }

    @Test func `gets its budget in a minute from now where the clock was set back by an hour`() throws {
        var machine = slowed()
        for id in 0..<6 {
            #expect(machine.takeRelease(of: try .test(id), at: .at(1)))
            _ = machine.heard(.accepted(at: .at(1), try .test(id)))
        }
        _ = machine.clockReached(.at(-59))
        #expect(!machine.takeRelease(of: try .test(7), at: .at(-58) - .milliseconds(1)))
        #expect(machine.takeRelease(of: try .test(7), at: .at(-58)))
    }

    @Test func `is left alone at the first refusal of what was let out`() throws {
        var machine = slowed()
        #expect(machine.takeRelease(of: try .test(1), at: .at(0.5)))
        // What was under way before says nothing new.
        #expect(machine.heard(.refused(.throttled, at: .at(1), try .test(99))).deeds == [])
        #expect(machine.heard(.refused(.throttled, at: .at(1), try .test(1))).alerts == [.listed])
        guard case .listed(_, let probeAt, _) = machine.state else {
            Issue.record("not listed")
            return
        }
        #expect(.at(1) + .minutes(8)...(.at(1) + .minutes(12)) ~= probeAt)
        #expect(!machine.takeRelease(of: try .test(2), at: .at(3)))
    }

    @Test func `is listed at once by an unmistakable refusal`() {
        var machine = slowed()
        #expect(machine.heard(.refused(.s3150, at: .at(1))).alerts == [.listed])
        #expect(machine.memory.cause?.severity == .blocked)
    }

    @Test func `is reopened from six a minute when half an hour was clean, an hour if nothing was accepted`() {
        var machine = slowed()
        _ = machine.heard(.accepted(at: .at(1)))
        #expect(machine.clockReached(.at(30) - .milliseconds(1)).alerts == [])
        #expect(machine.clockReached(.at(30)).alerts == [.reopening])
        #expect(machine.allowance == .perMinute(6))
        var silent = slowed()
        #expect(silent.clockReached(.at(60) - .milliseconds(1)).alerts == [])
        #expect(silent.clockReached(.at(60)).alerts == [.reopening])
    }
}
