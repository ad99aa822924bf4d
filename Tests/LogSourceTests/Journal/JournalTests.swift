// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Testing

@testable import LogSource

@Suite(.enabled(if: JournalText.canMakeFiles, "systemd-journal-remote is not installed"))
struct `A trail through the journal` {
    private let trust = JournalTrust(origin: .units(JournalTrust.usualUnits), users: .these([0, 105]))
    private let folder: ScratchFolder
    private let collector = Collector()
    private var text = JournalText()

    init() throws { folder = try ScratchFolder() }

    private var path: String { folder["mail.journal"] }

    private func trail(from position: JournalPosition? = nil, startAt start: StartPoint = .beginning) -> JournalTrail {
        JournalTrail(.files([path]), trusting: trust, from: position, startAt: start, to: collector)
    }

    @Test mutating func `gives each entry the form of a line, with its time apart`() throws {
        text.add("3F2A: to=<a@example.com>", ["_SOURCE_REALTIME_TIMESTAMP": "1790000000123456"])
        text.add(
            "daemon started", ["_UID": "0", "_COMM": "master", "SYSLOG_IDENTIFIER": "postfix/master", "_PID": nil])
        try text.write(to: path)
        trail().readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: 3F2A: to=<a@example.com>", "postfix/master: daemon started"])
        #expect(collector.times.first == Moment(milliseconds: 1_790_000_000_123))
        #expect(collector.times.last == Moment(milliseconds: Int64(JournalText.start / 1000) + 2000))
    }

    @Test mutating func `passes over what a local user words as Postfix`() throws {
        let logger: [String: String?] = ["_COMM": "logger", "_UID": "65534", "_SYSTEMD_UNIT": "user@1000.service"]
        text.add("forged", logger)
        text.add("forged by a program called smtp", logger.merging(["_COMM": "smtp"]) { $1 })
        text.add("forged from a .forward", logger.merging(["_SYSTEMD_UNIT": "postfix@-.service"]) { $1 })
        text.add("forged with both", logger.merging(["_COMM": "smtp", "_SYSTEMD_UNIT": "postfix@-.service"]) { $1 })
        text.add("written by root elsewhere", ["_UID": "0", "_COMM": "logger", "_SYSTEMD_UNIT": "cron.service"])
        text.add("without a user", ["_UID": nil])
        text.add("genuine")
        try text.write(to: path)
        trail().readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: genuine"])
    }

    @Test mutating func `trusts programs in any unit if asked to, of the same users only`() throws {
        text.add("by hand", ["_SYSTEMD_UNIT": "session-3.scope"])
        text.add("forged", ["_UID": "1000"])
        text.add("by logger", ["_COMM": "logger", "_UID": "0"])
        try text.write(to: path)
        let trust = JournalTrust(origin: .programs(JournalTrust.usualPrograms), users: .these([0, 105]))
        JournalTrail(.files([path]), trusting: trust, from: nil, startAt: .beginning, to: collector).readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: by hand"])
    }

    @Test mutating func `tells of what journald dropped of Postfix's, and believes journald alone`() throws {
        let dropped = "a596d6fe7bfa4994828e72309e95d61e"
        let journald: [String: String?] = [
            "MESSAGE_ID": dropped, "_TRANSPORT": "driver", "_UID": "0", "_COMM": "systemd-journal",
            "_SYSTEMD_UNIT": "systemd-journald.service", "SYSLOG_IDENTIFIER": "systemd-journald",
        ]
        text.add("Suppressed 120 messages from postfix@-.service", journald.merging(["N_DROPPED": "120"]) { $1 })
        text.add("Suppressed 7 messages from postfix.service", journald)
        text.add("Suppressed 5 messages from nginx.service", journald)
        text.add("Suppressed 9 messages from postfix.service", journald.merging(["_TRANSPORT": "journal"]) { $1 })
        try text.write(to: path)
        trail().readOn()
        #expect(collector.events.dropFirst() == [.suppressed(count: 120), .suppressed(count: 7)])
        #expect(collector.lines == [])
    }

    @Test mutating func `goes on behind the entry of its position`() throws {
        for number in 0..<600 { text.add("line \(number)") }
        try text.write(to: path)
        var batches = 0
        trail().readOn {
            batches += 1; return batches > 1
        }
        let first = collector.lines.count
        #expect((1..<600).contains(first))
        trail(from: collector.journalPosition).readOn()
        trail(from: collector.journalPosition).readOn()
        for number in 600..<610 { text.add("line \(number)") }
        try text.write(to: path)
        trail(from: collector.journalPosition).readOn()
        #expect(firstDifference(collector.lines, (0..<610).map { "postfix/smtp[4711]: line \($0)" }) == nil)
        #expect(!collector.events.contains { $0.isGap })
    }

    @Test mutating func `begins at the end if asked to, and then reads what comes`() throws {
        text.add("old")
        try text.write(to: path)
        let trail = trail(startAt: .end)
        trail.readOn()
        #expect(collector.lines == [])
        #expect(collector.journalPosition != nil)
        text.add("new")
        try text.write(to: path)
        trail.process()
        trail.readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: new"])
    }

    @Test(arguments: [
        "s=0639e4f9b2d44c9ea1e5f0e8f1c5d4aa;i=5;b=11112222333344445555666677778888;m=1;t=65bfeda90afc0;x=1",
        "nonsense", "",
    ])
    mutating func `with a cursor of elsewhere replays nothing older than its position, and says so`(cursor: String)
        throws
    {
        for number in 1...10 { text.add("line \(number)") }
        try text.write(to: path)
        let position = JournalPosition(cursor: cursor, realtime: JournalText.start + 7_000_000)
        trail(from: position).readOn()
        #expect(collector.lines == (8...10).map { "postfix/smtp[4711]: line \($0)" })
        #expect(collector.events.contains(.gap(.positionLost)))
    }

    @Test mutating func `reads what comes, and nothing older, when its position lies in the future`() throws {
        for number in 1...10 { text.add("line \(number)") }
        try text.write(to: path)
        let cursor = "s=0639e4f9b2d44c9ea1e5f0e8f1c5d4aa;i=5;b=11112222333344445555666677778888;m=1;t=75bfb9cb8f7c0;x=1"
        let trail = trail(from: JournalPosition(cursor: cursor, realtime: .max))
        trail.readOn()
        #expect(collector.lines == [])
        text.add("new")
        try text.write(to: path)
        trail.process()
        trail.readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: new"])
    }

    @Test mutating func `goes on after its entry was vacuumed`() throws {
        text.add("vacuumed")
        try text.write(to: path)
        trail().readOn()
        try FileManager.default.removeItem(atPath: path)
        text.add("next")
        try text.write(to: path)
        trail(from: collector.journalPosition).readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: vacuumed", "postfix/smtp[4711]: next"])
        #expect(collector.events.contains(.gap(.positionLost)))
    }

    @Test mutating func `makes one line of a message of several`() throws {
        text.add("one")
        text.text = text.text.replacing("MESSAGE=one\n", with: "MESSAGE\n\u{7}\0\0\0\0\0\0\0one\ntwo\n")
        try text.write(to: path)
        trail().readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: one?two"])
    }

    @Test func `says that it cannot read, and why, until it can`() throws {
        let trail = trail()
        trail.readOn()
        trail.readOn()
        #expect(collector.events.map(\.isBlindness) == [true])
        var text = JournalText()
        text.add("at last")
        try text.write(to: path)
        trail.readOn()
        #expect(collector.lines == ["postfix/smtp[4711]: at last"])
        #expect(collector.events.contains { $0.isSight })
    }

    @Test(arguments: [JournalTrust.Origin.units([]), .programs([])])
    func `takes nothing where nobody is trusted`(origin: JournalTrust.Origin) {
        let trust = JournalTrust(origin: origin, users: .system)
        JournalTrail(.files([path]), trusting: trust, from: nil, startAt: .beginning, to: collector).readOn()
        #expect(collector.events.map(\.isBlindness) == [true])
    }
}

@Suite(.enabled(if: JournalText.canMakeFiles, "systemd-journal-remote is not installed"))
struct `A journal follower` {
    @Test func `gets entries as they are written, and stops while it waits`() throws {
        let folder = try ScratchFolder()
        var text = JournalText()
        text.add("line 0")
        try text.write(to: folder["mail.journal"])
        let collector = Collector()
        let trust = JournalTrust(origin: .units(JournalTrust.usualUnits), users: .these([105]))
        let follower = try JournalFollower(
            .directory(folder.path), trusting: trust, startAt: .beginning, poll: .seconds(86_400), to: collector)
        for number in 1...5 {
            #expect(collector.wait { $0.lines.count == number })
            text.add("line \(number)")
            try text.write(to: folder["mail.journal"])
        }
        #expect(collector.wait { $0.lines.count == 6 })
        follower.stop()
        #expect(collector.lines == (0...5).map { "postfix/smtp[4711]: line \($0)" })
    }
}
