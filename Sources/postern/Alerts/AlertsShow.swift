// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import Settings

struct AlertsShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Which alerts were sent, and to whom; also while the daemon does not run.")

    @OptionGroup var file: ConfigurationFile
    @Option(help: "How far back, such as \"90m\", \"24h\" or \"7d\".") var since = "7d"
    @Option(help: "Lines, at most.") var limit = 50
    @Flag(help: "As JSON.") var json = false

    /// One alert as it is printed for programs.
    private struct Entry: Encodable {
        let time: Date
        let alert: AlertDelivery
    }

    func validate() throws {
        guard Duration(written: since) != nil else {
            throw ValidationError("--since: \"\(since)\" is not a duration; write a number and ms, s, m, h or d")
        }
        guard (1...LedgerReader.maximumLimit).contains(limit) else {
            throw ValidationError("--limit: from 1 to \(LedgerReader.maximumLimit)")
        }
    }

    func run() throws {
        let place = try file.orLeave(Configuration.loadWithoutRules).store.directory
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        let entries = try events(in: place, since: now - (Duration(written: since) ?? .zero)).compactMap { event in
            (try? JSONDecoder().decode(AlertDelivery.self, from: Data(event.detail.utf8))).map {
                Entry(time: Date(timeIntervalSince1970: Double(event.time.milliseconds) / 1000), alert: $0)
            }
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
            encoder.dateEncodingStrategy = .iso8601
            return print(String(decoding: try encoder.encode(entries), as: UTF8.self))
        }
        guard !entries.isEmpty else { return print("no alerts in the last \(since)") }
        print(
            Table(
                ["when", "alert", "to", "what"],
                entries.map { entry in
                    let ways = entry.alert.mailed + (entry.alert.command.map { [$0] } ?? [])
                    return [
                        entry.time.formatted(.iso8601), entry.alert.code, ways.joined(separator: " "),
                        entry.alert.title,
                    ]
                }))
    }

    private func events(in place: String, since: Moment) throws -> [LedgerEvent] {
        do throws(LedgerError) {
            return try LedgerReader(directory: place).events(since: since, kind: .alert, limit: limit)
        } catch {
            Terminal.complain("postern: \(Terminal.harmless(error.description))")
            switch error {
            case .missing: throw ExitStatus.configuration
            case .newerSchema, .olderSchema, .damaged, .unavailable: throw ExitStatus.finding
            }
        }
    }
}
