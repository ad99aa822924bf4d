// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import Logging
import PosternCore
import ServiceLifecycle
import StatusModel

@testable import PosternServer

/// A status service on a socket of its own, over a ledger with a few refusals in it.
struct StatusWorld: Sendable {
    let socket: String
    let board: StatusBoard
    let ledger: Ledger
    var client: StatusClient { StatusClient(socket: socket) }

    /// The moment that the board calls now.
    static let now = Moment(seconds: 1_764_000_000)

    /// Runs `body` while the service serves.
    static func with(more: String = "", _ body: (StatusWorld) async throws -> Void) async throws {
        let directory = try ScratchDirectory()
        let socket = "\(directory.path)/status.sock"
        let configuration = try Configuration.load(
            try directory.write(
                """
                [status]
                socket = "\(socket)"
                \(more)
                [mail-log]
                source = "none"
                [store]
                directory = "\(directory.path)"
                """.utf8, to: "postern.toml"))
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let mail = MailService(configuration, log: log, now: { now })
        let events = EventHub()
        let ledger = try Ledger(
            directory: directory.path, clock: { now }, hears: { events.publish(.event(EventReport($0))) },
            tell: { _ in })
        seed(ledger)
        let board = StatusBoard(
            configuration, mail: mail, mailLog: nil, desk: LedgerDesk(directory: directory.path), events: events)
        board.held.publish(HeldReport(count: 0, messages: []))
        board.listings.publish(ListingsNews(snapshot: listing, waiting: ["yahoo": WaitingReport(messages: 3)]))
        let (started, start) = AsyncStream.makeStream(of: Void.self)
        let service = try StatusService(
            configuration.status, board: board,
            actions: ActionDesk(board: board, handlers: [Obedient()], ledger: ledger, log: log), log: log
        ) { start.finish() }
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(service: service), .init(service: HistoryKeeper(board: board, listings: nil)),
                ], logger: log))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            for await _ in started {}
            while board.histories.value.count < HistoryRange.allCases.count || board.senders.value == nil {
                try await Task.sleep(for: .milliseconds(5))
            }
            let world = StatusWorld(socket: socket, board: board, ledger: ledger)
            do {
                try await body(world)
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
        ledger.close()
    }

    private static func seed(_ ledger: Ledger) {
        for minutes in 0..<50 {
            ledger.record(
                .refused(
                    RefusalRecord(
                        time: now - .minutes(minutes), provider: Provider("yahoo"), replyClass: .ipThrottle,
                        scope: .ourAddress,
                        reply: SMTPReply(code: 421, status: nil, text: "421 [TSS04] <script>", stage: .mailFrom),
                        token: "TSS04", rule: nil, listedAddress: nil, sender: .login("shop@example.org"),
                        recipientDomain: "yahoo.example", recipient: "ann@yahoo.example", queueID: nil,
                        outcome: .deferred)))
            ledger.record(
                .accepted(
                    AcceptanceRecord(
                        time: now - .minutes(minutes), provider: Provider("gmail"), sender: .localUser(uid: 33))))
        }
        ledger.record(.event(LedgerEvent(time: now - .minutes(40), kind: .alert, detail: #"{"about":"yahoo"}"#)))
        ledger.flush()
    }

    private static var listing: ListingsSnapshot {
        var memory = ListingMemory()
        memory.state = .listed(since: now - .minutes(40), probeAt: now + .minutes(5), latest: now + .hours(1))
        return ListingsSnapshot(entries: [.init(key: ListingKey(Provider("yahoo")), memory: memory)])
    }

    /// A part that does whatever is ordered, but for what it does not know.
    private struct Obedient: ActionHandler {
        func perform(_ action: StatusAction, by user: String) async throws -> ActionReport? {
            if case .freeSender = action { return nil }
            return ActionReport(applied: true, message: "\(action.name) \(action.subject ?? "")")
        }
    }
}
