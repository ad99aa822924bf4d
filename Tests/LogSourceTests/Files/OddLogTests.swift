// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import PostfixWire
import Testing

@testable import LogSource

@Suite struct `An odd log` {
    private let log: MailLog
    private let collector = Collector()
    private let trail: FileTrail

    init() throws {
        log = try MailLog()
        trail = FileTrail(path: log.path, from: nil, startAt: .end, to: collector)
    }

    @Test func `that is absent is said to be, once, and read whole when it comes`() {
        trail.readOn()
        trail.readOn()
        #expect(collector.events.filter(\.isBlindness).count == 1)
        log.writeLines(3)
        trail.readOn()
        #expect(collector.lines == log.written)
        #expect(collector.events.last?.isSight == true)
    }

    @Test func `in an absent folder is said to be`() {
        let trail = FileTrail(path: log.folder["none/mail.log"], from: nil, startAt: .end, to: collector)
        trail.readOn()
        #expect(collector.events.map(\.isBlindness) == [true])
    }

    @Test func `that is a folder is said not to be a file`() {
        FileTrail(path: log.folder.path, from: nil, startAt: .end, to: collector).readOn()
        #expect(collector.events.map(\.isBlindness) == [true])
    }

    @Test func `begins, for who asks for its end, with the line that is being written`() {
        log.writeLines(3, andPart: true)
        trail.readOn()
        log.writeLines(1)
        trail.readOn()
        #expect(collector.lines == Array(log.written[3...]))
    }

    @Test func `that ends within a line keeps it until its end comes`() {
        log.writeLines(1)
        trail.readOn()
        log.writeLines(1, andPart: true)
        trail.readOn()
        #expect(collector.lines == [MailLog.line(1)])
        log.completeLine()
        trail.readOn()
        #expect(collector.lines == [MailLog.line(1), MailLog.line(2)])
    }

    @Test func `with a line of 10 MB yields its start, and the next line`() {
        log.writeLines(1)
        trail.readOn()
        log.write(String(repeating: "x", count: 10 << 20) + "\n")
        log.write("next\n")
        trail.readOn()
        #expect(collector.lines.map(\.utf8.count) == [LineSplitter.maximumLength, 4])
        #expect(collector.filePosition?.offset == (try? FileStatus(path: log.path).size))
    }

    @Test func `whose writer does not append is read on behind the hole that truncation leaves, again and again`()
        throws
    {
        let writer = open(log.path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
        defer { close(writer) }
        trail.readOn()
        var expected: [String] = []
        for number in 0..<600 {
            let line = MailLog.line(number)
            expected.append(line)
            _ = Array((line + "\n").utf8).withUnsafeBytes { write(writer, $0.baseAddress, $0.count) }
            if number % 3 == 0 { trail.readOn() }
            // Also between reading and truncating there are lines, which only the copy has.
            if number % 20 == 10 { log.copyAndTruncate() }
        }
        trail.readOn()
        #expect(firstDifference(collector.lines, expected) == nil)
    }

    @Test func `that is emptied without a copy is read from its start`() throws {
        log.writeLines(5)
        trail.readOn()
        truncate(log.path, 0)
        trail.readOn()
        log.writeLines(2)
        trail.readOn()
        #expect(collector.lines == Array(log.written[5...]))
        #expect(collector.events.contains(.truncated(path: log.path)))
        #expect(collector.events.contains(.gap(.positionLost)))
    }

    @Test func `that may not be read after its rotation is waited for, and then read whole`() throws {
        log.writeLines(1)
        let other = OtherUser()
        other.act { trail.readOn() }
        log.writeLines(3)
        log.renameAway(creating: false)
        log.close()
        log.writeLines(2)
        // An owner other than root needs no other user to be refused.
        chmod(log.path, geteuid() == 0 ? 0o600 : 0)
        other.act {
            trail.readOn()
            trail.readOn()
        }
        #expect(collector.lines == Array(log.written[1..<4]))
        let blindness = collector.events.filter(\.isBlindness)
        #expect(blindness.count == 1)
        guard case .cannotRead(let since, let reason) = try #require(blindness.first) else { return }
        #expect(reason == "Permission denied")
        chmod(log.path, 0o644)
        other.act { trail.readOn() }
        #expect(collector.lines == Array(log.written[1...]))
        #expect(collector.events.last == .readableAgain(since: since))
    }
}
