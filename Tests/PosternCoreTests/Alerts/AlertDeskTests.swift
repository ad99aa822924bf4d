// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private let noon = Moment(seconds: 1_800_014_400)

private func alert(_ kind: AlertKind, _ subject: String = "gmail", at moment: Moment = noon) -> Alert {
    Alert(kind, about: subject, at: moment)
}

private func backlog(_ count: Int, since oldest: Moment) -> ProviderBacklog {
    ProviderBacklog(Provider("gmail"), count: count, oldest: oldest)
}

/// A desk, and what it sent.
private struct Office {
    var desk: AlertDesk
    var sent: [AlertNotice] = []

    init(hourly: Int = 10, memory: AlertDesk.Memory = .init()) {
        desk = AlertDesk(settings: .init(hourly: hourly), memory: memory)
    }

    mutating func raise(_ kind: AlertKind, _ subject: String = "gmail", at moment: Moment = noon) {
        sent += desk.raise(alert(kind, subject, at: moment), at: moment)
    }

    mutating func clock(_ moment: Moment, offset: Int = 0) {
        sent += desk.clockReached(moment, offset: offset)
    }

    /// What was told alone.
    var singles: [AlertKind] {
        sent.compactMap { if case .alert(let alert) = $0 { alert.kind } else { nil } }
    }

    var summaries: [AlertSummary] {
        sent.compactMap { if case .summary(let summary) = $0 { summary } else { nil } }
    }

    var digests: [AlertSummary] {
        sent.compactMap { if case .digest(let summary) = $0 { summary } else { nil } }
    }
}

@Suite struct `An alert` {
    @Test func `that is immediate goes out at once`() {
        var office = Office()
        office.raise(.listingOpened)
        #expect(office.sent == [.alert(alert(.listingOpened))])
    }

    @Test func `that is not waits for the digest`() {
        var office = Office()
        office.raise(.probeRefused)
        #expect(office.sent.isEmpty)
        #expect(!office.desk.memory.isDigestEmpty)
    }

    @Test func `about the same is told again after it was quiet for an hour, not before`() {
        var office = Office()
        office.raise(.senderHeld, "login:alice")
        office.raise(.senderHeld, "login:alice", at: noon + .minutes(59))
        office.raise(.senderHeld, "login:alice", at: noon + .minutes(118))
        #expect(office.sent.count == 1)
        office.raise(.senderHeld, "login:alice", at: noon + .minutes(178))
        #expect(office.sent.count == 2)
    }

    @Test func `that goes on without a pause is told again after a day`() {
        var office = Office()
        for minute in 0...1440 { office.raise(.senderHeld, "login:alice", at: noon + .minutes(minute)) }
        #expect(office.singles.count == 2)
    }

    @Test func `about another subject is another`() {
        var office = Office()
        office.raise(.senderHeld, "login:alice")
        office.raise(.senderHeld, "login:bob")
        #expect(office.sent.count == 2)
    }

    @Test func `of a state's change is told always`() {
        var office = Office()
        for kind in [
            AlertKind.listingOpened, .listingReopening, .listingOpenedAgain, .listingReopening, .listingClosed,
        ] {
            office.raise(kind)
        }
        #expect(office.sent.count == 5)
    }

    @Test func `of a state that has not changed is not told again after a restart`() {
        var office = Office()
        office.raise(.listingOpened)
        var restarted = Office(memory: office.desk.memory)
        restarted.raise(.listingOpened, at: noon + .hours(23))
        #expect(restarted.sent.isEmpty)
    }

    @Test func `is not silenced by a clock that was put back`() {
        var office = Office()
        office.raise(.senderHeld, at: noon + .hours(1000))
        office.raise(.senderHeld, at: noon)
        #expect(office.singles.count == 1)
        office.raise(.senderHeld, at: noon + .hours(1))
        #expect(office.singles.count == 2)
    }
}

@Suite struct `A storm of alerts` {
    @Test func `is told one by one up to one less than the limit, and then as one`() {
        var office = Office(hourly: 5)
        for number in 0..<50 { office.raise(.senderHeld, "login:\(number)") }
        #expect(office.singles.count == 4)
        office.clock(noon + .seconds(299))
        #expect(office.summaries.isEmpty)
        office.clock(noon + .seconds(300))
        #expect(office.summaries.map(\.counts.count) == [46])
    }

    @Test func `is told with numbers alone where there are too many`() {
        var office = Office(hourly: 2)
        for number in 0..<1000 { office.raise(.senderHeld, "login:\(number)") }
        office.clock(noon + .minutes(5))
        #expect(office.summaries.map(\.counts.count) == [100])
        #expect(office.summaries.map(\.unlisted) == [899])
    }

    @Test func `leaves the next summary until the hour has room for it`() {
        var office = Office(hourly: 2)
        for number in 0..<10 { office.raise(.senderHeld, "login:\(number)") }
        office.clock(noon + .minutes(5))
        #expect(office.summaries.count == 1)
        office.raise(.listingOpened, at: noon + .minutes(6))
        office.clock(noon + .seconds(3599))
        #expect(office.sent.count == 2)
        office.clock(noon + .seconds(3600))
        #expect(office.summaries.last?.counts.map(\.latest.kind) == [.listingOpened])
    }

    @Test func `that is over leaves the next alert its place`() {
        var office = Office(hourly: 3)
        for number in 0..<10 { office.raise(.senderHeld, "login:\(number)") }
        office.clock(noon + .minutes(5))
        office.clock(noon + .minutes(66))
        office.raise(.listingOpened, at: noon + .minutes(66))
        #expect(office.singles.last == .listingOpened)
    }
}

@Suite struct `Mail that waits` {
    private let opened = noon - .hours(1)

    @Test func `is told of after 4, 12 and 24 hours, once each`() {
        var desk = AlertDesk()
        var told: [Int] = []
        for minute in stride(from: 0, through: 48 * 60, by: 5) {
            let now = opened + .minutes(minute)
            if !desk.waits([backlog(7, since: opened)], at: now).isEmpty { told.append(minute) }
        }
        #expect(told == [240, 720, 1440])
    }

    @Test func `at the border of a step is not told of again and again`() {
        var desk = AlertDesk()
        var count = 0
        for minute in 0..<60 {
            let age = minute.isMultiple(of: 2) ? Duration.minutes(241) : .minutes(239)
            let now = noon + .minutes(minute)
            count += desk.waits([backlog(7, since: now - age)], at: now).count
        }
        #expect(count == 1)
    }

    @Test func `anew, after none did, is told of anew`() {
        var desk = AlertDesk()
        #expect(desk.waits([backlog(1, since: noon - .hours(4))], at: noon).count == 1)
        #expect(desk.waits([], at: noon).isEmpty)
        #expect(desk.waits([backlog(1, since: noon - .hours(4))], at: noon).count == 1)
    }
}

@Suite struct `The digest` {
    /// 06:59 by UTC.
    private let early = Moment(seconds: 1_800_014_400 / 86_400 * 86_400) + .minutes(7 * 60 - 1)

    @Test func `goes out once a day at its hour`() {
        var office = Office()
        office.clock(early)
        office.raise(.probeRefused, at: early)
        office.raise(.probeRefused, at: early)
        office.clock(early + .seconds(59))
        #expect(office.digests.isEmpty)
        office.clock(early + .seconds(60))
        office.clock(early + .hours(3))
        #expect(office.digests.map { $0.counts.map(\.count) } == [[2]])
    }

    @Test func `goes by the host's own time`() {
        var office = Office()
        office.clock(early - .hours(2), offset: 7200)
        office.raise(.probeRefused, at: early - .hours(2))
        office.clock(early - .hours(2) + .minutes(1), offset: 7200)
        #expect(office.digests.count == 1)
    }

    @Test func `is left out where there is nothing to tell`() {
        var office = Office()
        office.clock(early)
        office.clock(early + .hours(24))
        #expect(office.sent.isEmpty)
    }

    @Test func `tells also of what was told at once, and what waits`() {
        var office = Office()
        office.clock(early)
        office.raise(.listingOpened, at: early)
        _ = office.desk.waits([backlog(3, since: early - .minutes(5))], at: early)
        office.clock(early + .minutes(1))
        #expect(office.digests.first?.counts.map(\.latest.kind) == [.listingOpened])
        #expect(office.digests.first?.waiting.map(\.count) == [3])
    }

    @Test func `comes again the next day after a clock was put back for long`() {
        var office = Office()
        office.clock(early + .hours(24 * 3650))
        office.clock(early)
        office.raise(.probeRefused, at: early)
        office.clock(early + .minutes(1))
        #expect(office.digests.count == 1)
    }
}
