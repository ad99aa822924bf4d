// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import MailLog
internal import PosternCore
internal import PosternServer

struct ReplayLogs: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract:
            "Judge old mail logs: who refused what, what would have been kept, and whom limits would have stopped.",
        discussion: """
            A file may be plain, packed by gzip, a journal file, or the export format of the journal; - is the standard input. \
            Nothing is changed, and no daemon is asked.
            """)

    @Argument(help: "The logs, the oldest first.") var files: [String]
    @OptionGroup var options: ReplayOptions
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
        guard !files.isEmpty else { throw ValidationError("Name a file, or - for the standard input.") }
    }

    func run() throws {
        let now = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let site = try options.site()
        let replay = Holder(
            Replay(
                rules: try options.rules.load(), policy: site?.senders.policy ?? SenderPolicy(),
                limits: site?.limits ?? LimitRule.defaults,
                listings: site?.listings.listing ?? ListingSettings(), years: options.years, now: now))
        let isWhole = ReplayOptions.read(files) {
            replay.value.began(modified: $0)
        } take: { line, time in
            replay.value.take(line, writtenAt: time)
        }
        let report = replay.value.report
        if json {
            try printJSON(report)
        } else {
            print(ReplayText(report).text)
        }
        if !isWhole { throw ExitStatus.finding }
    }
}
