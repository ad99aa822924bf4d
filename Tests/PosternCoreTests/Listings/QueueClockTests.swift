// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `The clock of the queue` {
    private let day = 24.0 * 60

    private func message(_ id: Int, minutes: Double = 0, waitClass: String? = nil) throws -> QueuedMessage {
        QueuedMessage(queueID: try .test(id), arrival: .at(minutes), waitClass: waitClass)
    }

    @Test func `warns at half of the time and a day before its end, each once`() throws {
        var clock = QueueClock()
        clock.waits(try message(1))
        #expect(clock.nextWakeUp == .at(2.5 * day))
        #expect(clock.clockReached(.at(2.5 * day) - .milliseconds(1)) == [])
        #expect(
            clock.clockReached(.at(2.5 * day)) == [
                QueueWarning(queueID: try .test(1), kind: .half, expires: .at(5 * day))
            ])
        clock.waits(try message(1))
        #expect(clock.clockReached(.at(3 * day)) == [])
        #expect(clock.clockReached(.at(4 * day)).map(\.kind) == [.dayLeft])
        #expect(clock.clockReached(.at(9 * day)) == [])
        #expect(clock.nextWakeUp == nil)
    }

    @Test func `warns of a message that is late already by its most pressing warning only`() throws {
        var clock = QueueClock()
        clock.waits(try message(1))
        #expect(clock.clockReached(.at(4.5 * day)).map(\.kind) == [.dayLeft])
        #expect(clock.clockReached(.at(5 * day)) == [])
    }

    @Test func `says nothing twice after a restart, though only what it warned of was stored`() throws {
        var clock = QueueClock()
        for (id, minutes) in [(1, 0.0), (2, 2 * day)] { clock.waits(try message(id, minutes: minutes)) }
        #expect(clock.clockReached(.at(3 * day)).count == 1)
        #expect(clock.warnedMessages.map(\.queueID) == [try .test(1)])
        var next = QueueClock(restoring: clock.warnedMessages)
        for (id, minutes) in [(1, 0.0), (2, 2 * day)] { next.waits(try message(id, minutes: minutes)) }
        #expect(next.clockReached(.at(3.5 * day)) == [])
        #expect(next.clockReached(.at(4.5 * day)).map(\.queueID) == [try .test(1), try .test(2)])
    }

    @Test func `warns once where a day is half of the time or more`() throws {
        var lifetimes = QueueLifetimes()
        lifetimes.message = .hours(48)
        var clock = QueueClock(lifetimes: lifetimes)
        clock.waits(try message(1))
        #expect(clock.clockReached(.at(day)).map(\.kind) == [.half])
        #expect(clock.nextWakeUp == nil)
    }

    @Test func `watches the longest wait of a class`() throws {
        var lifetimes = QueueLifetimes()
        lifetimes.maximumWaits = ["codes": .minutes(10)]
        var clock = QueueClock(lifetimes: lifetimes)
        clock.waits(try message(1, waitClass: "codes"))
        clock.waits(try message(2, waitClass: "other"))
        #expect(clock.clockReached(.at(10)).map(\.kind) == [.maximumWait])
    }

    @Test func `tells of the longest wait again while the message waits on`() throws {
        var lifetimes = QueueLifetimes()
        lifetimes.maximumWaits = ["codes": .minutes(10)]
        var clock = QueueClock(lifetimes: lifetimes)
        clock.waits(try message(1, waitClass: "codes"))
        #expect(clock.clockReached(.at(10)).count == 1)
        #expect(clock.clockReached(.at(10.25)) == [])
        #expect(clock.clockReached(.at(10.5)).map(\.kind) == [.maximumWait])
        clock.left(try .test(1))
        #expect(clock.clockReached(.at(20)) == [])
    }

    @Test func `learns the class of a message that it watches already`() throws {
        var lifetimes = QueueLifetimes()
        lifetimes.maximumWaits = ["codes": .minutes(10)]
        var clock = QueueClock(lifetimes: lifetimes)
        clock.waits(try message(1))
        clock.waits(try message(1, waitClass: "codes"))
        #expect(clock.clockReached(.at(10)).map(\.kind) == [.maximumWait])
    }

    @Test func `forgets a message that left, and knows one that took its ID`() throws {
        var clock = QueueClock()
        clock.waits(try message(1))
        clock.left(try .test(1))
        #expect(clock.clockReached(.at(2.5 * day)) == [])
        clock.waits(try message(1, minutes: 3 * day))
        #expect(clock.expiry(of: try .test(1)) == .at(8 * day))
        #expect(clock.clockReached(.at(5.5 * day)).count == 1)
    }

    @Test func `gives notices their own lifetime`() throws {
        var lifetimes = QueueLifetimes()
        lifetimes.notice = .hours(24)
        var clock = QueueClock(lifetimes: lifetimes)
        clock.waits(QueuedMessage(queueID: try .test(1), arrival: .at(0), isNotice: true))
        #expect(clock.expiry(of: try .test(1)) == .at(day))
    }

    @Test func `tells what expires first, and no more than was asked`() throws {
        var clock = QueueClock()
        for id in [3, 1, 2] { clock.waits(try message(id, minutes: Double(id))) }
        let first = clock.expiring(before: .at(5 * day + 3), most: 5).map(\.queueID)
        #expect(first == [try .test(1), try .test(2)])
        #expect(clock.expiring(before: .at(9 * day), most: 1).map(\.queueID) == [try .test(1)])
    }

    @Test func `counts what it has no room for`() throws {
        var clock = QueueClock(capacity: 1)
        clock.waits(try message(1))
        clock.waits(try message(2))
        #expect(clock.count == 1 && clock.untrackedCount == 1)
    }

    @Test(arguments: UInt64(1)...20)
    func `says each warning once and none too early, restarts and departures among it`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var clock = QueueClock()
        var arrivals: [QueueID: Moment] = [:]
        var said: Set<QueueWarning> = []
        var minutes = 0.0
        for id in 0..<400 {
            minutes += Double.random(in: 0...200, using: &random)
            let message = try message(id, minutes: minutes)
            arrivals[message.queueID] = message.arrival
            clock.waits(message)
            if random.next() % 3 == 0 { clock.left(try .test(Int.random(in: 0...id, using: &random))) }
            if random.next() % 20 == 0 { clock = QueueClock(restoring: clock.allMessages) }
            for warning in clock.clockReached(.at(minutes)) {
                #expect(said.insert(warning).inserted)
                let age = Moment.at(minutes).since(try #require(arrivals[warning.queueID]))
                #expect(age >= (warning.kind == .half ? .hours(60) : .hours(96)))
            }
        }
        #expect(said.count > 20)
    }
}
