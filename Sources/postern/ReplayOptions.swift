// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import LogSource
internal import MailLog
internal import PosternCore
internal import PosternServer

/// Which old logs are read, and how.
struct ReplayOptions: ParsableArguments {
    @Option(help: "The year of the first line of each file, where stamps have none; else the file's time tells.")
    var year: Int?
    @Option(
        name: .customLong("config"),
        help: "A configuration, for its limits and for who is trusted; without it the defaults hold.")
    var configuration: String?
    @OptionGroup var rules: ExplainRules

    func validate() throws {
        if let year, !(1970...9998).contains(year) { throw ValidationError("--year is a year such as 2026.") }
    }

    var years: Replay.Years { year.map { Replay.Years.from($0) } ?? .ofFiles }

    /// The site's configuration, if one is named; what is wrong with it is printed, and the process ends with 78.
    func site() throws -> Configuration? {
        guard let configuration else { return nil }
        var file = ConfigurationFile()
        file.path = configuration
        return try file.orLeave(Configuration.load)
    }

    /// Feeds the lines of the files to `take`, and says what could not be read.
    /// - Returns: Whether all was read.
    static func read(
        _ files: [String], began: @escaping (Moment?) -> Void, take: @escaping (Span<UInt8>, Moment?) -> Void
    ) -> Bool {
        var bar = ReplayProgressBar()
        let faults = LogReplay(files: files).read(to: Receiver(began: began, take: take)) { bar.show($0) }
        bar.clear()
        for fault in faults { Terminal.complain("postern: \(Terminal.harmless(fault.description))") }
        return faults.isEmpty
    }

    private final class Receiver: LogReceiver {
        private let began: (Moment?) -> Void
        private let take: (Span<UInt8>, Moment?) -> Void

        init(began: @escaping (Moment?) -> Void, take: @escaping (Span<UInt8>, Moment?) -> Void) {
            self.began = began
            self.take = take
        }

        func receive(_ line: Span<UInt8>, writtenAt time: Moment?) { take(line, time) }

        func reached(_ position: LogPosition) {}

        func noticed(_ event: LogSourceEvent) {
            if case .opened(_, let modified) = event { began(modified) }
        }
    }
}
