// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import Settings

struct Senders: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Who sends how much, from where, and what limits and others made of it; also while the daemon does not run.",
        discussion: """
            Usual is what the sender asked for in as long a span, by the fourteen days before it; excess is what is above \
            that. Of each day the last eight networks and scripts of a sender are known.
            """)

    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @Option(help: "How far back, such as \"90m\", \"24h\" or \"7d\"; whole hours count.") var since = "24h"
    @Option(help: "By what to rank: volume, excess or held.") var by = SenderQuery.Order.volume.rawValue
    @Option(help: "Only this sender, such as \"login:shop@example.org\" or \"uid:33\".") var sender: String?
    @Option(help: "Senders, at most.") var limit = 20
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
        guard Duration(written: since) != nil else {
            throw ValidationError("--since: \"\(since)\" is not a duration; write a number and ms, s, m, h or d")
        }
        guard SenderQuery.Order(rawValue: by) != nil else { throw ValidationError("--by: volume, excess or held") }
        guard (1...LedgerReader.maximumLimit).contains(limit) else {
            throw ValidationError("--limit: from 1 to \(LedgerReader.maximumLimit)")
        }
    }

    func run() throws {
        let place = try directory ?? file.orLeave(Configuration.load).store.directory
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        let start = now - (Duration(written: since) ?? .zero)
        let found = try LedgerQuestion.ask(place) { ledger throws(LedgerError) in
            try ledger.senders(
                SenderQuery(
                    since: start, until: now, order: SenderQuery.Order(rawValue: by) ?? .volume, sender: sender,
                    limit: limit))
        }
        if json { return try printJSON(found.map { SenderActivityReport($0) }) }
        guard !found.isEmpty else { return print("nobody has sent anything in the last \(since)") }
        print(table(found))
    }

    private func table(_ found: [SenderActivity]) -> String {
        Table(
            [
                "sender", "messages", "recipients", "usual", "excess", "held", "refused", "accepted", "deferred",
                "bounced", "unknown", "block", "from",
            ],
            found.map { sender in
                [
                    sender.sender, String(sender.messages), String(sender.volume), String(sender.usual),
                    String(sender.excess), String(sender.held), String(sender.refused + sender.refusedRecipients),
                    String(sender.accepted), String(sender.deferred), String(sender.bounced),
                    String(sender.unknownUser), String(sender.block),
                    (sender.scripts + sender.networks).joined(separator: ", "),
                ]
            }
        ).description
    }
}
