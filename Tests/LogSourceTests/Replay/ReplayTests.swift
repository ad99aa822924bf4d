// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import LogSource
import PosternCore
import Testing

@Suite struct `A replay` {
    private let folder: ScratchFolder
    private let collector = Collector()

    init() throws { folder = try ScratchFolder() }

    private func lines(_ range: Range<Int>) -> [String] { range.map(MailLog.line) }
    private func text(_ range: Range<Int>) -> String { lines(range).map { $0 + "\n" }.joined() }

    private func read(_ names: [String], progress: (ReplayProgress) -> Void = { _ in }) -> [LogFault] {
        LogReplay(files: names.map { folder[$0] }).read(to: collector, progress: progress)
    }

    @Test func `reads plain and packed files in their order`() throws {
        try folder.write(text(0..<50_000), to: "a")
        try folder.write(text(50_000..<90_000), to: "b")
        try Program.run("/usr/bin/gzip", [folder["a"]])
        try folder.write(text(90_000..<90_010) + "without an end", to: "c")
        #expect(read(["a.gz", "b", "c"]) == [])
        #expect(firstDifference(collector.lines, lines(0..<90_010) + ["without an end"]) == nil)
        #expect(collector.events.filter(\.isOpening).count == 3)
    }

    @Test func `reads a packed file of several members and padding`() throws {
        var packed = Data()
        for (name, range) in [("a", 0..<9000), ("b", 9000..<9001), ("c", 9001..<20_000)] {
            try folder.write(text(range), to: name)
            try Program.run("/usr/bin/gzip", [folder[name]])
            packed += try Data(contentsOf: URL(filePath: folder[name + ".gz"]))
        }
        packed += Data(count: 1024)
        try packed.write(to: URL(filePath: folder["all.gz"]))
        #expect(read(["all.gz"]) == [])
        #expect(firstDifference(collector.lines, lines(0..<20_000)) == nil)
    }

    @Test func `names the file and the byte of damage, keeps what came before, and reads the next file`() throws {
        try folder.write(text(0..<50_000), to: "a")
        try folder.write(text(50_000..<50_001), to: "b")
        try Program.run("/usr/bin/gzip", [folder["a"]])
        let path = folder["a.gz"]
        var packed = try Data(contentsOf: URL(filePath: path))
        let size = packed.count
        packed.removeLast(size / 2)
        try packed.write(to: URL(filePath: path))
        let faults = read(["a.gz", "b"])
        #expect(faults.map(\.path) == [path])
        #expect(faults.first?.offset == UInt64(size - size / 2))
        #expect(collector.events.contains { if case .damaged = $0 { true } else { false } })
        #expect(collector.lines.count > 10_000)
        #expect(collector.lines.last == MailLog.line(50_000))
    }

    @Test(arguments: [10, 200, 4000]) func `tells of bytes that were changed`(place: Int) throws {
        try folder.write(text(0..<50_000), to: "a")
        try Program.run("/usr/bin/gzip", [folder["a"]])
        let path = folder["a.gz"]
        var packed = try Data(contentsOf: URL(filePath: path))
        for index in 0..<8 { packed[packed.count - place + index] ^= 0x55 }
        try packed.write(to: URL(filePath: path))
        #expect(read(["a.gz"]).count == 1)
    }

    @Test func `reads a pipe, packed or not, as its bytes come`() throws {
        try folder.write(text(0..<20_000), to: "a")
        try Program.run("/usr/bin/gzip", ["--keep", folder["a"]])
        try #require(mkfifo(folder["pipe"], 0o600) == 0)
        for name in ["a", "a.gz"] {
            let bytes = try Data(contentsOf: URL(filePath: folder[name]))
            let pipe = folder["pipe"]
            Thread.detachNewThread { try? bytes.write(to: URL(filePath: pipe)) }
            #expect(read(["pipe"]) == [])
        }
        #expect(firstDifference(collector.lines, lines(0..<20_000) + lines(0..<20_000)) == nil)
    }

    @Test func `tells of a file that is absent, and of a folder`() {
        #expect(read(["none"]).map(\.reason) == ["No such file or directory"])
        #expect(read([""]).map(\.reason) == ["Is a directory"])
    }

    @Test func `tells its progress up to the file's size`() throws {
        try folder.write(text(0..<50_000), to: "a")
        var last: ReplayProgress?
        var count = 0
        _ = read(["a"]) {
            last = $0
            count += 1
        }
        #expect(last?.bytesRead == last?.size)
        #expect(count > 2)
    }

    @Test func `reads the export format of the journal, and trusts as it does the journal`() throws {
        var export = JournalText()
        for number in 0..<20_000 { export.add("line \(number)") }
        export.add("forged", ["_UID": "1000"])
        export.add("two\nlines", [:])
        export.text = export.text.replacing("MESSAGE=two\nlines\n", with: "MESSAGE\n\u{9}\0\0\0\0\0\0\0two\nlines\n")
        try folder.write(export.text, to: "a.export")
        try Program.run("/usr/bin/gzip", ["--keep", folder["a.export"]])
        let expected = (0..<20_000).map { "postfix/smtp[4711]: line \($0)" } + ["postfix/smtp[4711]: two?lines"]
        #expect(read(["a.export"]) == [])
        #expect(firstDifference(collector.lines, expected) == nil)
        #expect(collector.times.first == Moment(milliseconds: Int64(JournalText.start / 1000) + 1000))
        #expect(read(["a.export.gz"]) == [])
        #expect(firstDifference(collector.lines, expected + expected) == nil)
    }

    @Test(.enabled(if: JournalText.canMakeFiles, "systemd-journal-remote is not installed"))
    func `reads a journal file`() throws {
        var text = JournalText()
        text.add("line 0")
        text.add("forged", ["_UID": "1000"])
        try text.write(to: folder["a.journal"])
        #expect(read(["a.journal"]) == [])
        #expect(collector.lines == ["postfix/smtp[4711]: line 0"])
    }
}
