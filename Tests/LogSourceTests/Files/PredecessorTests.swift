// SPDX-License-Identifier: Apache-2.0
import Glibc
import Testing

@testable import LogSource

/// What a follower finds when it comes back after rotations that it did not see.
@Suite struct `A trail taken up again` {
    private let log: MailLog
    private let collector = Collector()

    init() throws {
        log = try MailLog()
        log.writeLines(10)
        FileTrail(path: log.path, from: nil, startAt: .beginning, to: collector).readOn()
        log.writeLines(10)
    }

    private func resume(from position: FilePosition? = nil) {
        let position = position ?? collector.filePosition
        FileTrail(path: log.path, from: position, startAt: .beginning, to: collector).readOn()
    }

    @Test(arguments: [".1", "-20261124", "-20261124-1764000000", ".20261124-031557"])
    func `goes through a renamed and packed predecessor`(suffix: String) throws {
        log.renameAway(to: suffix)
        log.close()
        try log.pack(suffix)
        log.writeLines(10)
        resume()
        #expect(firstDifference(collector.lines, log.written) == nil)
        #expect(!collector.events.contains { $0.isGap })
    }

    @Test func `goes through several packed predecessors, oldest first`() throws {
        for _ in 0..<12 {
            log.renameAway(creating: true)
            log.close()
            try log.pack(".1")
            log.writeLines(3)
        }
        resume()
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test func `goes on within a packed predecessor where it was left`() throws {
        log.renameAway(creating: false)
        log.close()
        try log.pack(".1")
        resume()
        log.writeLines(5)
        resume()
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test func `goes through the copy of a truncated log`() throws {
        log.copyAndTruncate()
        log.writeLines(30)
        resume()
        #expect(firstDifference(collector.lines, log.written) == nil)
        #expect(!collector.events.contains { $0.isGap })
    }

    @Test func `does not take another file of the same number for its own`() throws {
        let position = try #require(collector.filePosition)
        log.renameAway(creating: false)
        log.close()
        log.writeLines(40)
        let status = try FileStatus(path: log.path)
        // As if the file system had given the freed number to the new file.
        resume(
            from: FilePosition(
                device: status.device, inode: status.inode, offset: position.offset, fingerprint: position.fingerprint))
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test func `finds its file by what it begins with when it was moved to another file system`() throws {
        var position = try #require(collector.filePosition)
        position.device += 1
        position.inode += 1
        resume(from: position)
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test func `reads the live file from its start, and says so, when its place is gone`() throws {
        unlink(log.path)
        log.close()
        log.writeLines(5)
        resume()
        #expect(firstDifference(collector.lines, Array(log.written[..<10] + log.written[20...])) == nil)
        #expect(collector.events.contains(.gap(.positionLost)))
    }

    @Test func `goes on after a damaged predecessor, and names it`() throws {
        log.renameAway(creating: false)
        log.close()
        try log.pack(".1")
        let packed = log.folder["mail.log.1.gz"]
        let size = try FileStatus(path: packed).size
        truncate(packed, off_t(size) - 12)
        log.writeLines(5)
        resume()
        let damaged = collector.events.compactMap { if case .damaged(let fault) = $0 { fault.path } else { nil } }
        #expect(damaged == [packed])
        #expect(collector.lines.last == MailLog.line(24))
    }

    @Test func `repeats nothing when nothing was written`() {
        resume()
        resume()
        #expect(firstDifference(collector.lines, log.written) == nil)
    }

    @Test(arguments: [-1, Int.max]) func `survives a fingerprint that nobody made`(length: Int) throws {
        var position = try #require(collector.filePosition)
        position.fingerprint.length = length
        position.offset = .max
        resume(from: position)
        #expect(collector.events.contains(.gap(.positionLost)))
    }
}
