// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import LogSource
internal import MailLog
internal import PosternCore
internal import PostfixWire

struct ReplayLogs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Judge old mail logs: who refused what, and what would have been kept.",
        discussion: """
            A file may be plain, packed by gzip, a journal file, or the export format of the journal; - is the standard input. \
            Nothing is changed, and no daemon is asked.
            """)

    @Argument(help: "The logs, the oldest first.") var files: [String]
    @Option(help: "The year of the first line of each file, where stamps have none; else the file's time tells.")
    var year: Int?
    @OptionGroup var rules: ExplainRules
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("Name a file, or - for the standard input.") }
        if let year, !(1970...9998).contains(year) { throw ValidationError("--year is a year such as 2026.") }
    }

    func run() throws {
        let years = year.map { Replay.Years.from($0) } ?? .ofFiles
        let now = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let receiver = Receiver(Replay(rules: try rules.load(), policy: SenderPolicy(), years: years, now: now))
        var bar = ReplayProgressBar()
        let faults = LogReplay(files: files).read(to: receiver) { bar.show($0) }
        bar.clear()
        for fault in faults { Terminal.complain("postern: \(Terminal.harmless(fault.description))") }
        let report = receiver.replay.report
        if json {
            try printJSON(report)
        } else {
            print(ReplayText(report).text)
        }
        if !faults.isEmpty { throw ExitStatus.finding }
    }

    /// Feeds the lines to the replay.
    private final class Receiver: LogReceiver {
        var replay: Replay

        init(_ replay: Replay) {
            self.replay = replay
        }

        func receive(_ line: Span<UInt8>, writtenAt time: Moment?) {
            replay.take(line, writtenAt: time)
        }

        func reached(_ position: LogPosition) {}

        func noticed(_ event: LogSourceEvent) {
            if case .opened(_, let modified) = event { replay.began(modified: modified) }
        }
    }
}
