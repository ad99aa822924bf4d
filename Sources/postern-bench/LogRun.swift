// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import LogSource
internal import MailLog
internal import PosternCore
internal import PostfixWire
internal import Replies

/// How far one run goes with each line.
enum LogStage: String, CaseIterable, ExpressibleByArgument, Encodable {
    /// Lines are found, and nothing more.
    case lines
    /// Each line is read by the grammar.
    case grammar
    /// Stories are told, replies classified, senders counted: what the daemon does.
    case pipeline
}

/// One run over one file, in a process of its own, so that its memory can be told; prints JSON.
struct LogRun: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "log-run", shouldDisplay: false)

    @Argument var stage: LogStage
    @Argument var file: String
    @Option var rules: String

    struct Outcome: Codable {
        let lines: Int
        let processorSeconds: Double
        let peakMegabytes: Double
    }

    func run() throws {
        let rules = stage == .pipeline ? try ReplyRules.load(shipped: self.rules, site: nil) : nil
        let before = Self.usage()
        let receiver: any LineCounting
        switch rules {
        case let rules?: receiver = PipelineReceiver(rules)
        case nil: receiver = stage == .grammar ? GrammarReceiver() : LinesReceiver()
        }
        let faults = LogReplay(files: [file]).read(to: receiver)
        if let fault = faults.first { throw BenchFailure(description: fault.description) }
        let after = Self.usage()
        let outcome = Outcome(
            lines: receiver.lines, processorSeconds: after.seconds - before.seconds, peakMegabytes: after.megabytes)
        print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
    }

    private static func usage() -> (seconds: Double, megabytes: Double) {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
        return (seconds(usage.ru_utime) + seconds(usage.ru_stime), Double(usage.ru_maxrss) / 1024)
    }
}

private protocol LineCounting: LogReceiver {
    var lines: Int { get }
}

extension LineCounting {
    func reached(_ position: LogPosition) {}
    func noticed(_ event: LogSourceEvent) {}
}

private final class LinesReceiver: LineCounting {
    private(set) var lines = 0

    func receive(_ line: Span<UInt8>, writtenAt time: Moment?) { lines += 1 }
}

private final class GrammarReceiver: LineCounting {
    private(set) var lines = 0
    private var parser = LogLineParser(calendar: LogCalendar(years: .from(2026), zone: .utc))
    private var deliveries = 0

    func receive(_ line: Span<UInt8>, writtenAt time: Moment?) {
        lines += 1
        if case .record(let record) = parser.parse(line), case .delivery = record.event { deliveries += 1 }
    }
}

private final class PipelineReceiver: LineCounting {
    private(set) var lines = 0
    private var reader: MailLogReader
    private var refusals = 0

    init(_ rules: ReplyRules) {
        reader = MailLogReader(
            rules: rules, policy: SenderPolicy(), calendar: LogCalendar(years: .from(2026), zone: .utc))
    }

    func receive(_ line: Span<UInt8>, writtenAt time: Moment?) {
        lines += 1
        if reader.take(line, writtenAt: time)?.delivery?.reading != nil { refusals += 1 }
    }
}
