// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Of the messages that wait` {
    private func message(
        _ id: Int, minutes: Double = 0, size: Int = 2000, to recipients: [String] = ["a@hotmail.com"],
        _ standing: SenderStanding = .good, _ traits: WaitingTraits = [], resolved: Moment? = nil
    ) throws -> WaitingMessage {
        WaitingMessage(
            queueID: try .test(id), arrival: .at(minutes), size: size, sender: "s\(id)@example.com",
            recipients: recipients, standing: standing, traits: traits, resolvedAt: resolved)
    }

    private func chosen(_ messages: [WaitingMessage], _ wish: ProbeWish = ProbeWish()) -> QueueID? {
        ProbeChooser().probe(among: messages, wish: wish, at: .at(60))?.probe.queueID
    }

    @Test func `the oldest is the probe`() throws {
        #expect(
            chosen([try message(1, minutes: 2), try message(2, minutes: 1), try message(3, minutes: 3)])
                == (try .test(2)))
        #expect(chosen([]) == nil)
    }

    @Test func `a better one is the probe before an older one`() throws {
        let good = try message(1, minutes: 9)
        let worse = [
            try message(2, _: .unknown), try message(3, size: 100_001), try message(4, _: .good, .bulk),
            try message(5, _: .good, .forwarded), try message(6, _: .good, .nullSender),
            try message(7, to: ["a@hotmail.com", "b@hotmail.com"]),
        ]
        for other in worse {
            #expect(chosen([other, good]) == good.queueID)
            #expect(chosen([other]) == other.queueID)
        }
    }

    @Test func `a flagged sender's is never the probe, nor let out`() throws {
        let flagged = try message(1, _: .flagged)
        #expect(chosen([flagged]) == nil)
        #expect(ProbeChooser().releaseOrder(of: [flagged], at: .at(60)) == [])
    }

    @Test func `one to a domain that was not asked is the probe, where there is one, and none that was tried`() throws {
        let (asked, other) = (try message(1), try message(2, minutes: 5, to: ["a@live.com"]))
        let wish = ProbeWish(avoidedDomains: ["hotmail.com"])
        #expect(chosen([asked, other], wish) == other.queueID)
        #expect(chosen([asked], wish) == asked.queueID)
        #expect(chosen([asked, other], ProbeWish(triedMessages: [asked.queueID])) == other.queueID)
    }

    @Test func `one that Postfix remembers waits until that is forgotten, if there is no other`() throws {
        let fresh = try message(1, resolved: .at(60) - .seconds(10))
        let choice = ProbeChooser().probe(among: [fresh], at: .at(60))
        #expect(choice?.notBefore == .at(60) + .seconds(21))
        #expect(chosen([fresh, try message(2, minutes: 9)]) == (try .test(2)))
        let old = try message(1, resolved: .at(60) - .seconds(31))
        #expect(ProbeChooser().probe(among: [old], at: .at(60)).map { $0.notBefore == nil } == true)
    }

    @Test func `one that Postfix remembered goes once another was asked for after it`() throws {
        let former = try message(1, resolved: .at(60) - .seconds(13))
        let last = try message(2, minutes: 1, resolved: .at(60) - .seconds(10))
        let choice = ProbeChooser().probe(among: [last, former], at: .at(60))
        #expect(choice?.probe.queueID == former.queueID)
        #expect(choice.map { $0.notBefore == nil } == true)
        let near = try message(1, resolved: .at(60) - .seconds(12))
        #expect(ProbeChooser().probe(among: [last, near], at: .at(60))?.notBefore == .at(60) + .seconds(19))
    }

    @Test func `one whose sender and recipient another message shares waits with it`() throws {
        var twin = try message(2, minutes: 1)
        twin.sender = "s1@example.com"
        let fresh = try message(1, resolved: .at(60))
        #expect(
            ProbeChooser().probe(among: [twin, fresh], wish: ProbeWish(triedMessages: [fresh.queueID]), at: .at(60))?
                .notBefore == .at(60) + .seconds(31))
        #expect(ProbeChooser().releaseOrder(of: [twin, fresh], at: .at(60)) == [])
    }

    @Test func `what is waited for goes first, then the oldest, then notices, forwarded mail and bulk`() throws {
        let messages = [
            try message(1, _: .good, .bulk), try message(2, _: .good, .forwarded),
            try message(3, _: .good, .nullSender),
            try message(4, minutes: 8), try message(5, minutes: 7), try message(6, minutes: 9, _: .good, .timeCritical),
        ]
        let order = ProbeChooser().releaseOrder(of: messages, at: .at(60)).map(\.queueID)
        #expect(order == [try .test(6), try .test(5), try .test(4), try .test(3), try .test(2), try .test(1)])
    }
}
