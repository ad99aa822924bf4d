// SPDX-License-Identifier: Apache-2.0
internal import Deliverability
internal import Foundation
internal import Ledger
internal import Logging
internal import PosternCore
internal import ServiceLifecycle

/// Does once a day, at a quiet hour, what `postern check` does, and tells what was not amiss the day before.
struct NightlyCheck: Service {
    let alerts: Alerts
    /// Keeps what was told over a restart.
    let ledger: Ledger?
    let log: Logger
    let now: @Sendable () -> Moment
    /// The hour, by the host's own time; `nil` while none is wanted.
    let hour: @Sendable () async -> Int?
    let check: @Sendable () async -> CheckReport
    /// How long after the hour begins, so that not all servers of the world ask at once; the same every night, or one night
    /// might have two.
    var jitter = Duration.seconds(Int.random(in: 0..<3600))
    /// Waits; a stop cancels it, and that is no error.
    var wait: @Sendable (Duration) async -> Void = { try? await Task.sleep(for: $0) }

    /// The name under which the ledger keeps what was told.
    private static let name = "check"
    /// How often the clock is looked at: it may be set, and summer begins.
    private static let tick = Duration.minutes(1)
    /// What is amiss must be so twice, so long apart, or nobody is told: name servers have bad minutes.
    private static let confirmation = Duration.minutes(15)
    /// The most findings that one alert tells of.
    private static let most = 8

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var memory = remembered
            while await isTime() {
                guard let report = await confirmed(knowing: memory) else { return }
                tell(memory.take(report), at: now())
                keep(memory)
            }
        }
    }

    /// Waits for the hour.
    /// - Returns: `false` if the daemon stops first.
    private func isTime() async -> Bool {
        let start = now()
        while !Task.isCancelled {
            await wait(Self.tick)
            let offset = LocalClock.host(at: start).offset
            guard !Task.isCancelled, let hour = await hour() else { continue }
            if now() >= NightlyHour.next(after: start, hour: hour, jitter: jitter, offset: offset) { return true }
        }
        return false
    }

    /// A report of which every new problem was seen twice; `nil` if the daemon stops meanwhile.
    private func confirmed(knowing memory: CheckMemory) async -> CheckReport? {
        let first = await check()
        var trial = memory
        guard !trial.take(first).new.isEmpty else { return first }
        await wait(Self.confirmation)
        return Task.isCancelled ? nil : await check().confirming(first)
    }

    private func tell(_ news: CheckMemory.News, at moment: Moment) {
        for finding in news.new { log.warning("check: \(finding.kind.rawValue): \(finding.what)") }
        if let first = news.new.first {
            var facts = news.new.prefix(Self.most).map { AlertFact(.reason, .text("\($0.kind.rawValue): \($0.what)")) }
            facts.append(AlertFact(.findings, .count(news.new.count)))
            alerts.raise(Alert(.checkFound, about: first.subject, at: moment, facts: facts))
        } else if news.isCleared {
            log.notice("check: nothing is to be done any more")
            alerts.raise(Alert(.checkCleared, about: "check", at: moment))
        }
    }

    private var remembered: CheckMemory {
        guard let text = ledger?.kept(as: Self.name) else { return CheckMemory() }
        return (try? JSONDecoder().decode(CheckMemory.self, from: Data(text.utf8))) ?? CheckMemory()
    }

    private func keep(_ memory: CheckMemory) {
        guard let data = try? JSONEncoder().encode(memory) else { return }
        ledger?.keep(String(decoding: data, as: UTF8.self), as: Self.name)
    }
}
