// SPDX-License-Identifier: Apache-2.0
import Deliverability
import Logging
import PosternCore
import Synchronization
import Testing

@testable import PosternServer

@Suite struct `The nightly check` {
    /// Nights that pass as fast as they are waited for.
    private final class Nights: Sendable {
        struct State {
            var now = Moment(seconds: 1_764_000_000)
            var reports: [CheckReport]
            var checks: [Moment] = []
        }

        let state: Mutex<State>
        let alerts = Alerts()

        init(_ reports: [CheckReport]) {
            state = Mutex(State(reports: reports))
        }

        var now: Moment { state.withLock { $0.now } }

        /// The next report; after the last the daemon stops.
        func check() -> CheckReport {
            let report = state.withLock { state -> CheckReport? in
                guard !state.reports.isEmpty else { return nil }
                state.checks.append(state.now)
                return state.reports.removeFirst()
            }
            if let report { return report }
            withUnsafeCurrentTask { $0?.cancel() }
            return CheckReport([])
        }

        func run(jitter: Duration = .seconds(1800)) async throws -> [AlertKind] {
            let nightly = NightlyCheck(
                alerts: alerts, ledger: nil, log: Logger(label: "test"), now: { self.now }, hour: { 4 },
                check: { self.check() }, jitter: jitter,
                wait: { duration in self.state.withLock { $0.now = $0.now + duration } })
            let task = Task { try await nightly.run() }
            try await task.value
            return alerts.take().alerts.map(\.alert.kind)
        }
    }

    private let good = CheckReport([])
    private let bad = CheckReport([
        CheckItem(.addresses, "x", .found(Finding(.blocklisted, about: "192.0.2.1", "bl.example lists 192.0.2.1")))
    ])

    @Test func `tells what is amiss when it has seen it twice, and that it is over`() async throws {
        #expect(try await Nights([good, bad, bad, bad, good, good]).run() == [.checkFound, .checkCleared])
    }

    @Test func `tells nothing of what was so for a moment`() async throws {
        #expect(try await Nights([bad, good, bad, good]).run() == [])
    }

    @Test(arguments: [0, 1, 3599]) func `is done once a day, so long after its hour begins`(jitter: Int) async throws {
        let nights = Nights([good, good, good])
        _ = try await nights.run(jitter: .seconds(jitter))
        let checks = nights.state.withLock { $0.checks }
        #expect(checks.count == 3)
        for (check, next) in zip(checks, checks.dropFirst()) {
            // A day, but for the night in which summer ends or begins; the clock is looked at once a minute.
            #expect((.minutes(1379)...(.minutes(1501))).contains(next.since(check)))
        }
    }

    @Test func `has its hour by the host's own time`() {
        // 2026-11-24 00:00 UTC is 01:00 there.
        let now = Moment(seconds: 1_795_478_400)
        let next = NightlyHour.next(after: now, hour: 4, jitter: .minutes(10), offset: 3600)
        #expect(next.since(now) == .minutes(190))
        let later = NightlyHour.next(after: next, hour: 4, jitter: .minutes(10), offset: 3600)
        #expect(later.since(next) == .hours(24))
        let earlier = NightlyHour.next(after: Moment(seconds: -1), hour: 0, jitter: .zero, offset: 0)
        #expect(earlier == Moment(seconds: 0))
    }
}
