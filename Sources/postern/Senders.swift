// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import Settings
internal import StatusModel

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
        let (found, complaints, days) = try LedgerQuestion.ask(place) { ledger throws(LedgerError) in
            let query = SenderQuery(
                since: start, until: now, order: SenderQuery.Order(rawValue: by) ?? .volume, sender: sender,
                limit: limit)
            return (
                try ledger.senders(query), try ledger.complaintCounts(since: start),
                try ledger.addressDays(since: now - .hours(24 * 3))
            )
        }
        if json {
            return try printJSON(found.map { SenderActivityReport($0) })
        }
        if found.isEmpty {
            print("nobody has sent anything in the last \(since)")
        } else {
            print(Self.table(found))
        }
        if let unknown = complaints[""] { print("complaints about mail that is not known here: \(unknown)") }
        if !days.isEmpty, sender == nil { print("\n" + Self.table(days)) }
    }

    /// What Microsoft tells of our addresses; of each the newest day.
    private static func table(_ days: [AddressDay]) -> String {
        var seen: Set<ClientAddress> = []
        let rows = days.filter { seen.insert($0.address).inserted }.map { day in
            [
                "\(day.address)", String(Timestamp(day.day).description.prefix(10)), String(day.messages),
                day.colour.rawValue, "\(day.complaintRate / 10).\(day.complaintRate % 10) %", String(day.traps),
            ]
        }
        return Table(["SNDS", "day", "messages", "filtered", "complaints", "traps"], rows).description
    }

    private static func table(_ found: [SenderActivity]) -> String {
        Table(
            [
                "sender", "messages", "recipients", "usual", "excess", "held", "refused", "accepted", "deferred",
                "bounced", "unknown", "block", "complaints", "from",
            ],
            found.map { sender in
                [
                    sender.sender, String(sender.messages), String(sender.volume), String(sender.usual),
                    String(sender.excess), String(sender.held), String(sender.refused + sender.refusedRecipients),
                    String(sender.accepted), String(sender.deferred), String(sender.bounced),
                    String(sender.unknownUser), String(sender.block), String(sender.complaints),
                    (sender.scripts + sender.networks).joined(separator: ", "),
                ]
            }
        ).description
    }
}
