// SPDX-License-Identifier: Apache-2.0
import LogSource
import PosternCore
import SeededRandom
import Testing

@Suite struct `A file follower` {
    @Test func `gets every line once across 100 stops and starts amid writing and rotations`() throws {
        var random = SplitMix64(seed: 7)
        let log = try MailLog()
        log.writeLines(1)
        let collector = Collector()
        for _ in 0..<100 {
            let follower = try FileFollower(
                path: log.path, from: collector.filePosition, startAt: .beginning, to: collector)
            let seen = collector.lines.count
            log.writeLines(Int.random(in: 1...400, using: &random), andPart: true)
            if Int.random(in: 0..<3, using: &random) > 0 {
                // Before the first position there is nothing to go on from.
                try #require(collector.wait { $0.position != nil })
                log.renameAway(creating: true)
                log.close()
                log.writeLines(Int.random(in: 0...50, using: &random))
            }
            // Stopped amid whatever it is at.
            let wanted = seen + Int.random(in: 0...100, using: &random)
            #expect(wanted >= log.count || collector.wait { $0.lines.count >= wanted })
            follower.stop()
            collector.forgetUnconfirmed()
        }
        log.writeLines(1)
        let last = MailLog.line(log.count - 1)
        let follower = try FileFollower(path: log.path, from: collector.filePosition, to: collector)
        #expect(collector.wait { $0.lines.last == last })
        follower.stop()
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test func `is woken by the kernel, not by its poll`() throws {
        let log = try MailLog()
        let collector = Collector()
        let follower = try FileFollower(path: log.path, poll: .seconds(86_400), to: collector)
        #expect(collector.wait { $0.events.contains { $0.isBlindness } })
        log.writeLines(1)
        #expect(collector.wait { $0.lines.count == 1 })
        log.writeLines(1)
        #expect(collector.wait { $0.lines.count == 2 })
        log.renameAway(creating: true)
        log.writeLines(1)
        #expect(collector.wait { $0.lines.count == 3 })
        log.close()
        log.writeLines(1)
        #expect(collector.wait { $0.lines.count == 4 })
        log.copyAndTruncate()
        log.writeLines(1)
        #expect(collector.wait { $0.lines.count == 5 })
        follower.stop()
    }

    @Test func `can be stopped by its receiver`() throws {
        final class Stopper: LogReceiver, Sendable {
            let follower = Promise<FileFollower>()
            let stopped = Promise<Bool>()
            func receive(_ line: Span<UInt8>, writtenAt time: Moment?) {
                follower.wait()?.stop()
                stopped.set(true)
            }
            func reached(_ position: LogPosition) {}
            func noticed(_ event: LogSourceEvent) {}
        }
        let log = try MailLog()
        log.writeLines(1)
        let stopper = Stopper()
        stopper.follower.set(try FileFollower(path: log.path, startAt: .beginning, to: stopper))
        #expect(stopper.stopped.wait() == true)
    }
}
