// SPDX-License-Identifier: Apache-2.0
import MailLog
import PosternCore
import PostfixWire
import Replies
import Testing

@testable import PosternServer

/// A listing book, the log that it hears, and a queue; its time goes forward only when told to.
struct ListingWorld {
    var book: ListingBook
    var now: Moment
    /// What waits in Postfix's queue; read whenever the book wants it, as the daemon does.
    var queue: [QueueEntry] = []
    /// Whether the queue cannot be read.
    var queueFails = false
    private var reader: MailLogReader
    private var published: [String: RouteRow] = [:]

    /// The rules as they are shipped, read once for all tests.
    private static let rules: Result<ReplyRules, any Error> = Result {
        let package = #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
        return try ReplyRules.load(shipped: "/\(package)/Sources/Replies/Rules", site: nil)
    }

    /// Noon of a day in 2026.
    static let noon = Moment(seconds: 1_792_152_000)

    init(
        enforcing: Bool = true, providers: [ProviderSettings] = [], protected: ProtectedDomains = ProtectedDomains(),
        restoring state: ListingsState = ListingsState()
    ) throws {
        let rules = try Self.rules.get()
        var settings = ListingsSettings()
        settings.take(providers)
        for provider in rules.providers.providers {
            settings.listing.providerNames[provider] = rules.providers.title(of: provider)
        }
        now = Self.noon
        book = ListingBook(
            settings: settings, isEnforcing: enforcing,
            table: RouteTable(protected: protected, domains: ProviderDomains(shipped: rules.providers.hints)),
            restoring: state)
        reader = MailLogReader(
            rules: rules, policy: SenderPolicy(), calendar: LogCalendar(years: .from(2026), zone: .utc))
    }

    /// A line of smtp(8) or error(8) is written and read now.
    @discardableResult
    mutating func log(_ text: String, tag: String = "postfix/smtp") throws -> [ListingTask] {
        let heard = reader.take(Array("\(tag)[1]: \(text)".utf8).span, writtenAt: now, receivedAt: now)
        return settle(book.heard(try #require(heard?.delivery)))
    }

    /// A provider's host answers for a message.
    @discardableResult
    mutating func answer(
        _ reply: String, to recipient: String = "bob@hotmail.com", id: String = "4F1A2B3C4D",
        host: String = "hotmail-com.olc.protection.outlook.com[52.101.1.2]", tag: String = "postfix/smtp"
    ) throws -> [ListingTask] {
        let isAccepted = reply.hasPrefix("2")
        let result =
            isAccepted
            ? "dsn=2.0.0, status=sent (\(reply))"
            : "dsn=5.7.1, status=bounced (host \(host) said: \(reply) (in reply to MAIL FROM command))"
        return try log("\(id): to=<\(recipient)>, relay=\(host):25, delay=1, delays=0/0/1/0, \(result)", tag: tag)
    }

    /// error(8) puts a message off by our row.
    @discardableResult
    mutating func wait(_ recipient: String, id: String) throws -> [ListingTask] {
        try log(
            "\(id): to=<\(recipient)>, relay=none, delay=1, delays=1/0/0/0, dsn=4.7.0, status=deferred "
                + "(Microsoft lists 192.0.2.1 (S3150); mail is kept and will be retried)", tag: "postfix/error")
    }

    /// Time passes, second by second as the daemon counts it, or in longer steps.
    @discardableResult
    mutating func pass(_ duration: Duration, step: Duration = .seconds(1)) -> [ListingTask] {
        var tasks: [ListingTask] = []
        let end = now + duration
        while now < end {
            now = min(now + step, end)
            tasks += settle(book.clockReached(now))
            if book.wantsQueue(at: now) { tasks += look() }
        }
        return tasks
    }

    /// The queue is read.
    @discardableResult
    mutating func look() -> [ListingTask] {
        guard !queueFails else {
            book.lookFailed(at: now)
            return []
        }
        return settle(book.looked(at: queue, isCut: false, at: now))
    }

    /// Something stands in the way of keeping mail, or no longer.
    @discardableResult
    mutating func meet(_ obstacle: String?) -> [ListingTask] { settle(book.meets(obstacle, at: now)) }

    /// Another configuration is in force.
    mutating func adopt(_ settings: ListingsSettings) {
        _ = settle(book.adopt(settings, isEnforcing: true, at: now))
    }

    /// The daemon has started.
    mutating func begin() {
        _ = settle(book.begin(at: now))
    }

    /// Somebody orders something.
    @discardableResult
    mutating func order(_ action: ManualAction, _ provider: String = "microsoft-consumer") -> [ListingTask] {
        settle(book.ordered(action, for: Provider(provider), by: "root", at: now).tasks)
    }

    /// What Postfix finds in the table for a domain or address; `nil` for nothing.
    func route(_ key: String) -> String? {
        published[key].flatMap { $0.expires > now ? $0.target.description : nil }
    }

    /// Publishes what has to be, as the daemon does.
    private mutating func settle(_ tasks: [ListingTask]) -> [ListingTask] {
        let batch = book.table.difference(at: now)
        book.table.published(batch)
        for key in batch.deletes { published[key] = nil }
        for row in batch.upserts { published[row.key] = row }
        return tasks
    }

    /// Microsoft's refusal of a listed address.
    static let block =
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
        + "since part of their network is on our block list (S3150)."
}

extension QueueEntry {
    /// A message that waits.
    static func waiting(_ id: String, to recipients: String..., since arrival: Moment) throws -> QueueEntry {
        QueueEntry(
            queue: .deferred, id: try #require(QueueID(id)), arrival: arrival, size: 2000, sender: "a@example.org",
            recipients: recipients.map { Recipient($0) })
    }
}

extension [ListingTask] {
    /// The messages that are to be tried now.
    var delivered: [String] {
        compactMap { if case .deliver(let id) = $0 { id.description } else { nil } }
    }

    /// What people are told.
    var alerts: [Alert] {
        compactMap { if case .alert(let alert) = $0 { alert } else { nil } }
    }

    /// Whether qmgr(8) has to forget what it holds.
    var reloads: Bool {
        contains { if case .reloadQueueManager = $0 { true } else { false } }
    }
}
