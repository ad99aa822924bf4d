// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

/// Two days of random alerts at a desk.
private struct Weather {
    var raised: [(alert: Alert, at: Moment)] = []
    var sent: [(notice: AlertNotice, at: Moment)] = []
    let hourly: Int
    private(set) var desk: AlertDesk

    init(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        hourly = Int.random(in: 2...12, using: &random)
        desk = AlertDesk(settings: .init(hourly: hourly))
        let subjects = Int.random(in: 1...400, using: &random)
        let longestPause = Int.random(in: 1...1200, using: &random)
        var now = Moment(seconds: Int64.random(in: 0...2_000_000_000, using: &random))
        for _ in 0..<600 {
            now = now + .seconds(Int.random(in: 0...longestPause, using: &random))
            if Int.random(in: 0..<4, using: &random) == 0 {
                note(desk.clockReached(now, offset: 3600), at: now)
            } else {
                let kind = AlertKind.allCases.randomElement(using: &random) ?? .test
                let alert = Alert(kind, about: "\(Int.random(in: 0..<subjects, using: &random))", at: now)
                raised.append((alert, now))
                note(desk.raise(alert, at: now), at: now)
            }
        }
        for minute in 1...180 {
            note(desk.clockReached(now + .minutes(minute), offset: 3600), at: now + .minutes(minute))
        }
    }

    private mutating func note(_ notices: [AlertNotice], at now: Moment) {
        sent += notices.map { ($0, now) }
    }

    /// Each kind and subject told alone, when.
    var singles: [(alert: Alert, at: Moment)] {
        sent.compactMap { if case .alert(let alert) = $0.notice { (alert, $0.at) } else { nil } }
    }
}

@Suite struct `Whatever is raised, an alert desk` {
    private static let seeds = Array(UInt64(0)..<40)

    @Test(arguments: seeds) func `never sends more than its limit in any hour`(seed: UInt64) {
        let weather = Weather(seed: seed)
        let times = weather.sent.map(\.at)
        for (first, last) in zip(times, times.dropFirst(weather.hourly)) {
            #expect(last.since(first) >= .hours(1))
        }
    }

    @Test(arguments: seeds) func `tells of everything that is immediate, alone or in a summary`(seed: UInt64) {
        let weather = Weather(seed: seed)
        var told = Set(weather.singles.map { "\($0.alert.kind) \($0.alert.subject)" })
        var unlisted = 0
        for case .summary(let summary) in weather.sent.map(\.notice) {
            told.formUnion(summary.counts.map { "\($0.latest.kind) \($0.latest.subject)" })
            unlisted += summary.unlisted
        }
        let wanted = Set(
            weather.raised.filter { $0.alert.kind.urgency == .immediate }.map { "\($0.alert.kind) \($0.alert.subject)" }
        )
        #expect(wanted.subtracting(told).count <= unlisted)
    }

    @Test(arguments: seeds) func `never tells of the same twice within an hour, but where it changed between`(
        seed: UInt64
    ) {
        let singles = Weather(seed: seed).singles.filter {
            [.senderHeld, .tripwire, .expiryNear, .signingFailed, .ledgerTrouble].contains($0.alert.kind)
        }
        var last: [String: Moment] = [:]
        for (alert, moment) in singles {
            let before = last.updateValue(moment, forKey: "\(alert.kind) \(alert.subject)")
            if let before { #expect(moment.since(before) >= .hours(1)) }
        }
    }
}
