// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Glibc
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import Settings
internal import StatusModel

struct Rejections: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What was refused, by whom and why; also while the daemon does not run.")

    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @Option(help: "How far back, such as \"90m\", \"24h\" or \"7d\".") var since = "24h"
    @Option(help: "Only of this provider.") var provider: String?
    @Option(name: .customLong("class"), help: "Only of this class, such as \"ip-block\".") var replyClass: String?
    @Option(help: "Only of this sender, such as \"login:shop@example.org\" or \"uid:33\".") var sender: String?
    @Option(help: "Only with this code, such as \"S3150\", \"5.7.1\" or \"550\".") var code: String?
    @Option(help: "Lines, at most.") var limit = 50
    @Flag(help: "As JSON.") var json = false
    @OptionGroup var watching: Watching

    func validate() throws {
        guard Duration(written: since) != nil else {
            throw ValidationError("--since: \"\(since)\" is not a duration; write a number and ms, s, m, h or d")
        }
        guard replyClass.map({ ReplyClass(rawValue: $0) != nil }) ?? true else {
            let known = ReplyClass.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("--class: one of \(known)")
        }
        guard (1...LedgerReader.maximumLimit).contains(limit) else {
            throw ValidationError("--limit: from 1 to \(LedgerReader.maximumLimit)")
        }
    }

    func run() async throws {
        try await watching.run { try show() }
    }

    private func show() throws {
        let place = try directory ?? file.orLeave(Configuration.load).store.directory
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        let start = now - (Duration(written: since) ?? .zero)
        let found = try rejections(in: place, since: start)
        if json { return try printJSON(found.map { RejectionReport($0) }) }
        guard !found.isEmpty else { return print("nothing refused since \(localTime(start))") }
        print(table(found))
    }

    private func rejections(in place: String, since start: Moment) throws -> [Rejection] {
        try LedgerQuestion.ask(place) { ledger throws(LedgerError) in
            try ledger.rejections(
                RejectionQuery(
                    since: start, provider: provider.map { Provider($0) },
                    replyClass: replyClass.flatMap { ReplyClass(rawValue: $0) }, sender: sender, code: code,
                    limit: limit))
        }
    }

    private func table(_ found: [Rejection]) -> String {
        let header = ["count", "last", "provider", "class", "code", "sender"]
        let rows = found.map { kind in
            [
                String(kind.count), localTime(kind.last), kind.provider?.name ?? "-", kind.replyClass.rawValue,
                kind.token ?? kind.status?.description ?? kind.smtpCode.map { String($0) } ?? "-", kind.sender ?? "-",
            ]
        }
        let samples = found.map(\.sample)
        let withSamples = Table(header + ["newest reply"], zip(rows, samples).map { $0 + [$1] }).text(width: nil)
        guard let width = Terminal.size?.columns else { return withSamples }
        // The header may hold sequences for bold, which have no width; it fits wherever a row does.
        let lines = Table(header, rows).text(width: nil).split(separator: "\n")
        let widest = lines.dropFirst().map(\.count).max() ?? 0
        if width - widest >= Self.narrowestSample {
            let lines = withSamples.split(separator: "\n")
            return (lines.prefix(1) + lines.dropFirst().map { $0.prefix(width) }).joined(separator: "\n")
        }
        let replies = samples.map { "    " + Terminal.harmless($0).prefix(max(1, width - 4)) }
        return zip(lines, [nil] + replies).map { line, reply in
            reply.map { line.prefix(width) + "\n" + $0 } ?? String(line)
        }.joined(separator: "\n")
    }

    /// Columns below which a reply is put on a line of its own.
    private static let narrowestSample = 40

    private func localTime(_ moment: Moment) -> String {
        var seconds = time_t(moment.seconds)
        var parts = tm()
        guard localtime_r(&seconds, &parts) != nil else { return "\(moment.seconds)" }
        var text = [UInt8](repeating: 0, count: 32)
        let count = text.withUnsafeMutableBytes {
            strftime($0.baseAddress?.assumingMemoryBound(to: CChar.self), $0.count, "%F %T", &parts)
        }
        return String(decoding: text.prefix(count), as: UTF8.self)
    }
}
