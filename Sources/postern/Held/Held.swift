// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import PostfixWire
internal import Settings

struct Held: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What limits hold back in Postfix's hold queue, and why; also while the daemon does not run.",
        discussion: "postern free lets it go, postern drop deletes it.")

    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @Option(help: "Only of this sender, such as \"login:shop@example.org\" or \"uid:33\".") var sender: String?
    @Flag(help: "As JSON.") var json = false

    func run() throws {
        let place = try directory ?? file.orLeave(Configuration.load).store.directory
        let queue = try HeldQueue.orLeave(place)
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        // A look that cannot be noted, for want of the right to write, only means that the alarm comes all the same.
        try? LedgerNotes(directory: place).lookedAtHeld(at: now)
        let shown = queue.ours.filter { sender == nil || $0.sender == sender }
        if json {
            return try printJSON(
                Answer(held: shown.map(Entry.init), others: queue.others.count, complaint: queue.complaint))
        }
        if let complaint = queue.complaint {
            Terminal.complain(
                "postern: Postfix's queue cannot be seen, this is from the ledger: \(Terminal.harmless(complaint))")
        }
        if shown.isEmpty {
            print(sender.map { "nothing of \(Terminal.harmless($0)) is held" } ?? "nothing is held")
        } else {
            print(table(shown, at: now))
        }
        if !queue.others.isEmpty { print("held by somebody else: \(queue.others.count)") }
    }

    private func table(_ messages: [HeldMessage], at now: Moment) -> Table {
        Table(
            ["queue ID", "sender", "age", "size", "recipients", "first recipient", "why"],
            messages.map { message in
                [
                    message.id.description, message.sender ?? "-", Self.age(now.since(message.since)),
                    message.size.map { "\($0)" } ?? "-", "\(message.recipients)",
                    message.entry?.recipients.first?.address ?? "-", message.record?.reason ?? "-",
                ]
            })
    }

    /// How long, in the largest unit of which there are two.
    static func age(_ duration: Duration) -> String {
        let seconds = max(0, duration.wholeMilliseconds / 1000)
        if seconds < 120 { return "\(seconds)s" }
        if seconds < 7200 { return "\(seconds / 60)m" }
        return seconds < 172_800 ? "\(seconds / 3600)h" : "\(seconds / 86_400)d"
    }

    private struct Answer: Encodable {
        var held: [Entry]
        var others: Int
        var complaint: String?
    }

    /// One message as JSON shows it; times are RFC 3339, in UTC.
    private struct Entry: Encodable {
        var queueId: String
        var sender: String
        var senderClass: String?
        var rule: String
        var reason: String
        var since: String
        var size: Int?
        var envelopeSender: String
        var recipientCount: Int
        var recipients: [String]

        private enum CodingKeys: String, CodingKey {
            case queueId, sender, senderClass = "class", rule, reason, since, size, envelopeSender, recipientCount
            case recipients
        }

        init(_ message: HeldMessage) {
            queueId = message.id.description
            sender = message.sender ?? ""
            senderClass = message.record?.senderClass?.rawValue
            rule = message.record?.rule ?? ""
            reason = message.record?.reason ?? ""
            since = Date(timeIntervalSince1970: Double(message.since.milliseconds) / 1000)
                .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            size = message.size
            envelopeSender = message.entry?.sender ?? message.record?.envelopeSender ?? ""
            recipientCount = message.recipients
            recipients = message.entry?.recipients.map(\.address) ?? []
        }
    }
}
