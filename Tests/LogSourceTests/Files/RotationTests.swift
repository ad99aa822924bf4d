// SPDX-License-Identifier: Apache-2.0
import LogSource
import Testing

/// A follower on its thread, a writer that numbers its lines, and 200 rotations between them.
@Suite struct `A follower beside a writer` {
    private func follow(
        _ log: MailLog, rotating rotate: (Int) throws -> Void
    ) throws -> Collector {
        let collector = Collector()
        log.writeLines(1)
        let follower = try FileFollower(path: log.path, startAt: .beginning, to: collector)
        try #require(collector.wait { $0.lines.count == 1 })
        for round in 0..<200 {
            log.writeLines(20, andPart: round % 3 == 0)
            try rotate(round)
            log.writeLines(round % 5)
        }
        log.writeLines(1)
        let last = MailLog.line(log.count - 1)
        #expect(collector.wait { $0.lines.last == last })
        follower.stop()
        return collector
    }

    @Test func `reads each line once and in order when the log is renamed and created`() throws {
        let log = try MailLog()
        let collector = try follow(log) { _ in
            log.renameAway(creating: true)
            log.writeLines(3)
            log.close()
        }
        #expect(firstDifference(collector.lines, log.written) == nil)
        #expect(collector.events.filter { $0.isGap || $0.isBlindness || $0.isTruncation } == [])
    }

    @Test func `reads each line once and in order when the log is renamed and comes back with its next line`() throws {
        let log = try MailLog()
        let collector = try follow(log) { _ in
            log.renameAway(creating: false)
            log.writeLines(3, andPart: true)
            log.close()
        }
        #expect(firstDifference(collector.lines, log.written) == nil)
        #expect(collector.events.filter { $0.isGap || $0.isBlindness || $0.isTruncation } == [])
    }

    @Test func `reads each line once and in order when renamed logs are packed at once`() throws {
        let log = try MailLog()
        let collector = try follow(log) { round in
            log.renameAway(creating: round % 2 == 0)
            log.close()
            try log.pack(".1")
        }
        #expect(firstDifference(collector.lines, log.written) == nil)
        #expect(collector.events.filter { $0.isGap || $0.isBlindness || $0.isTruncation } == [])
    }

    @Test func `reads each line once when postfix rotates`() throws {
        let log = try MailLog()
        let collector = try follow(log) { round in
            let suffix = ".20261124-\(100_000 + round)"
            log.renameAway(to: suffix)
            log.close()
            try log.pack(suffix)
        }
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test func `reads no line twice and all that are on disk when the log is copied and truncated under its writer`()
        throws
    {
        let log = try MailLog()
        let collector = Collector()
        log.writeLines(1)
        let follower = try FileFollower(path: log.path, startAt: .beginning, to: collector)
        try #require(collector.wait { $0.lines.count == 1 })
        let rotator = BackgroundLoop { log.copyAndTruncate() }
        while rotator.count < 200 { log.writeLines(20) }
        rotator.stop()
        log.writeLines(1)
        let last = MailLog.line(log.count - 1)
        #expect(collector.wait { $0.lines.last == last })
        follower.stop()
        let onDisk = Set(try log.linesOnDisk())
        #expect(onDisk.subtracting(collector.lines) == [])
        let numbers = collector.lines.compactMap(log.number(of:))
        #expect(zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 })
        // The copy may end, and the truncated file begin, within a line whose bytes lie in two pages.
        #expect(Set(collector.lines.filter { log.number(of: $0) == nil }).subtracting(onDisk) == [])
        #expect(collector.events.filter { $0.isGap || $0.isBlindness } == [])
    }
}
