// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `A ledger's reader` {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    @Test func `says where there is no ledger`() throws {
        #expect(throws: LedgerError.missing(path: folder["ledger.db"])) { try LedgerReader(directory: folder.path) }
    }

    @Test func `says that a file is no ledger, and leaves it`() throws {
        try Data("text, and more of it".utf8).write(to: URL(filePath: folder["ledger.db"]))
        #expect(throws: LedgerError.damaged(path: folder["ledger.db"], reason: "file is not a database")) {
            try LedgerReader(directory: folder.path)
        }
        #expect(folder.names == ["ledger.db"])
    }

    @Test func `says that an older Postern's ledger waits for the daemon`() throws {
        try Ledger.open(folder.path).close()
        let older = try DatabaseQueue(path: folder["ledger.db"])
        try older.write { try $0.execute(sql: "DELETE FROM grdb_migrations") }
        try older.close()
        #expect(throws: LedgerError.olderSchema(path: folder["ledger.db"])) {
            try LedgerReader(directory: folder.path)
        }
    }

    @Test func `answers while the ledger is open, and after it was closed`() throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(.refused(.block()))
        ledger.flush()
        #expect(try LedgerReader(directory: folder.path).rejections(RejectionQuery(since: .noon)).count == 1)
        ledger.close()
        #expect(try LedgerReader(directory: folder.path).rejections(RejectionQuery(since: .noon)).count == 1)
    }

    @Test func `sees whole transactions only, two at once, while the ledger writes`() async throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(pair(0), reaching: LedgerPosition(source: "log", text: "0"))
        ledger.flush()
        let path = folder.path
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<2 {
                group.addTask {
                    let reader = try LedgerReader(directory: path)
                    var seen = 0
                    while seen < 200 {
                        let counts = try reader.rejections(RejectionQuery(since: .noon)).map(\.count)
                        #expect(counts.count == 2 && counts.first == counts.last)
                        seen = counts.first ?? .max
                    }
                }
            }
            for number in 1..<200 {
                ledger.record(pair(number), reaching: LedgerPosition(source: "log", text: "\(number)"))
                #expect(ledger.flush())
            }
            try await group.waitForAll()
        }
    }

    private func pair(_ number: Int) -> [LedgerEntry] {
        [.refused(.block(token: "left")), .refused(.block(token: "right"))]
    }
}

@Suite struct `A question to the ledger` {
    let folder: ScratchFolder
    let ledger: Ledger
    let reader: LedgerReader

    init() throws {
        folder = try ScratchFolder()
        ledger = try Ledger.open(folder.path)
        ledger.record(.refused(.block(at: .noon - .hours(30))))
        ledger.record(.refused(.block(at: .noon - .hours(2))))
        ledger.record(
            .refused(
                .block(
                    at: .noon - .hours(1), provider: "yahoo", class: .ipThrottle, code: 421,
                    status: EnhancedStatusCode(4, 7, 0), token: "TSS04", sender: .localUser(uid: 33),
                    outcome: .deferred)))
        ledger.record(
            .refused(
                .block(provider: nil, class: .recipientUnknown, token: nil, sender: .localUser(uid: 33))))
        for _ in 0..<5 {
            ledger.record(
                .accepted(AcceptanceRecord(time: .noon, provider: Provider("yahoo"), sender: .localUser(uid: 33))))
        }
        ledger.flush()
        reader = try LedgerReader(directory: folder.path)
    }

    private func providers(_ query: RejectionQuery) throws -> [String?] {
        try reader.rejections(query).map { $0.provider?.name }
    }

    @Test func `is answered with the newest first, as many as asked for`() throws {
        #expect(try providers(RejectionQuery(since: .noon - .hours(24))) == [nil, "yahoo", "microsoft-consumer"])
        #expect(try providers(RejectionQuery(since: .noon - .hours(24), limit: 2)) == [nil, "yahoo"])
        #expect(try providers(RejectionQuery(since: .noon - .hours(24), limit: -1)) == [])
        #expect(try providers(RejectionQuery(since: .noon, limit: .max)) == [nil])
        #expect(try providers(RejectionQuery(since: .noon + .seconds(1))) == [])
    }

    @Test func `counts what came since, and tells the whole beside it`() throws {
        let query = RejectionQuery(since: .noon - .hours(24), provider: Provider("microsoft-consumer"))
        let kind = try #require(try reader.rejections(query).first)
        #expect(kind.count == 1 && kind.total == 2)
    }

    @Test(arguments: [
        ("S3150", ["microsoft-consumer"]), ("s3150", ["microsoft-consumer"]), ("421", ["yahoo"]),
        ("4.7.0", ["yahoo"]), ("550", [nil, "microsoft-consumer"]), ("S31", []), ("0", []), ("' OR 1=1 --", []),
    ])
    func `restricts by any of the codes`(code: String, expected: [String?]) throws {
        #expect(try providers(RejectionQuery(since: .noon - .hours(24), code: code)) == expected)
    }

    @Test func `restricts by class and by sender`() throws {
        let since = Moment.noon - .hours(24)
        #expect(try providers(RejectionQuery(since: since, replyClass: .ipThrottle)) == ["yahoo"])
        #expect(try providers(RejectionQuery(since: since, sender: "uid:33")) == [nil, "yahoo"])
        #expect(try providers(RejectionQuery(since: since, replyClass: .ipBlock, sender: "uid:33")) == [])
    }

    @Test func `tells deliveries by provider and class`() throws {
        let totals = try reader.totals(since: .noon - .hours(24))
        #expect(totals.map { $0.sent + $0.deferred + $0.bounced } == [5, 1, 1, 1])
        #expect(Set(totals.map(\.replyClass)) == [nil, .ipBlock, .ipThrottle, .recipientUnknown])
        #expect(totals.first?.sent == 5 && totals.first?.replyClass == nil)
        let hours = try reader.hours(of: Provider("yahoo"), since: .noon - .hours(24))
        #expect(hours.map(\.start) == [.noon - .hours(1), .noon])
        #expect(hours.map(\.deferred) == [1, 0] && hours.map(\.sent) == [0, 5])
    }

    @Test func `tells a sender's deliveries by the hour`() throws {
        let hours = try reader.hours(ofSender: "uid:33", since: .noon - .hours(24))
        #expect(hours.map(\.start) == [.noon - .hours(1), .noon])
        #expect(hours.map(\.block) == [1, 0] && hours.map(\.unknownUser) == [0, 1])
        #expect(hours.map(\.sent) == [0, 5] && hours.map(\.deferred) == [1, 0] && hours.map(\.bounced) == [0, 1])
    }

    @Test func `tells events, the newest first, by kind where asked`() throws {
        let opened = LedgerEvent(time: .noon - .seconds(1), kind: .listingOpened, detail: #"{"provider":"yahoo"}"#)
        let paused = LedgerEvent(time: .noon, kind: .manual, who: "root", detail: #"{"verb":"pause"}"#)
        let early = LedgerEvent(time: .noon - .hours(2), kind: .reloaded)
        for event in [opened, paused, early] { ledger.record(.event(event)) }
        ledger.flush()
        #expect(try reader.events(since: .noon - .hours(1)) == [paused, opened])
        #expect(try reader.events(since: .noon - .hours(3), kind: .reloaded) == [early])
        #expect(try reader.events(since: .noon - .hours(3), limit: 1) == [paused])
    }

    @Test func `finds an event's detail empty if it was more than 4 KiB`() throws {
        for length in [4096, 4097] {
            ledger.record(.event(LedgerEvent(time: .noon, kind: .alert, detail: String(repeating: "x", count: length))))
        }
        ledger.flush()
        #expect(try reader.events(since: .noon).map(\.detail.utf8.count).sorted() == [2, 4096])
    }
}
