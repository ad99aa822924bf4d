// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import MailLog
internal import PosternCore
internal import PosternServer
internal import Settings

struct LimitsSuggest: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "suggest", abstract: "Propose limits from what senders have sent.",
        discussion: """
            Reads old mail logs, as replay does, or with --from-ledger what the daemon has counted by the hour. Prints what \
            the senders of each class have sent at most, and the tables for the configuration. Senders whose mail shows \
            signs of abuse (three in ten recipients unknown or taken for spam, and twenty) are left aside.
            """)

    @Argument(help: "The logs, the oldest first; - is the standard input.") var files: [String] = []
    @Flag(help: "Ask the ledger in place of logs.") var fromLedger = false
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @Option(help: "How far back in the ledger, such as \"30d\".") var since = "30d"
    @OptionGroup var options: ReplayOptions
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
        guard fromLedger == files.isEmpty else {
            throw ValidationError("Name log files, or --from-ledger; one of both.")
        }
        guard Duration(written: since) != nil else {
            throw ValidationError("--since: \"\(since)\" is not a duration; write a number and ms, s, m, h or d")
        }
    }

    func run() throws {
        let now = Moment(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
        let (advice, isWhole) = fromLedger ? (try ask(at: now), true) : try read(at: now)
        if json {
            try printJSON(advice)
        } else {
            print(LimitsSuggestText(advice).text)
        }
        if !isWhole { throw ExitStatus.finding }
    }

    private func read(at now: Moment) throws -> (LimitAdvice, Bool) {
        let policy = try options.site()?.senders.policy ?? SenderPolicy()
        let survey = Holder(
            LimitSurvey(rules: try options.rules.load(), policy: policy, years: options.years, now: now))
        let isWhole = ReplayOptions.read(files) {
            survey.value.began(modified: $0)
        } take: { line, time in
            survey.value.take(line, writtenAt: time)
        }
        return (survey.value.advice, isWhole)
    }

    private func ask(at now: Moment) throws -> LimitAdvice {
        let place = try directory ?? (options.site() ?? ConfigurationFile.standard()).store.directory
        let start = now - (Duration(written: since) ?? .zero)
        let peaks = try LedgerQuestion.ask(place) { ledger throws(LedgerError) in
            try ledger.submissionPeaks(since: start)
        }
        // By the hour, an interval of an hour lies within two of them, and one of a day within twenty-five.
        return LimitAdviser(windows: [.hours(1), .hours(24)]).advice(
            for: peaks.map { peak in
                SenderPeak(
                    sender: peak.sender, senderClass: peak.senderClass, messages: peak.messages,
                    recipients: peak.recipients, peaks: [UInt64(peak.twoHours), UInt64(peak.day)],
                    isSuspicious: peak.showsAbuse)
            })
    }
}

/// A value that closures share.
final class Holder<Value> {
    var value: Value

    init(_ value: Value) {
        self.value = value
    }
}
