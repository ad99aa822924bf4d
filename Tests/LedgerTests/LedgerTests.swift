// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `A ledger` {
    let folder: ScratchFolder
    let clock = HandClock()
    let conditions = Conditions()

    init() throws { folder = try ScratchFolder() }

    @Test func `is made where there is none, for the owner to write and the group to read`() throws {
        let ledger = try Ledger.open(folder.path, conditions: conditions)
        ledger.record(.refused(.block()))
        #expect(ledger.flush())
        for name in ["ledger.db", "ledger.db-wal", "ledger.db-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder[name])
            #expect(attributes[.posixPermissions] as? Int == 0o640, "\(name)")
        }
        #expect(conditions.all == [])
    }

    @Test func `keeps the newest of alike refusals in full, and counts the others`() throws {
        let ledger = try Ledger.open(folder.path, clock: clock)
        let second = "550 5.7.1 Unfortunately, messages from [192.0.2.77] weren't sent. (S3150). [DB5EUR01FT003]"
        ledger.record(.refused(.block()))
        ledger.record(.refused(.block(at: .noon + .seconds(2), recipient: "bob@hotmail.example", text: second)))
        ledger.record(.refused(.block(at: .noon + .seconds(1), outcome: .deferred)))
        ledger.flush()
        ledger.record(.refused(.block(at: .noon - .seconds(5), recipient: "old@hotmail.example")))
        ledger.flush()

        let kinds = try ledger.all()
        #expect(kinds.count == 1)
        let kind = try #require(kinds.first)
        #expect(kind.bounced == 3 && kind.deferred == 1 && kind.count == 4 && kind.total == 4)
        #expect(kind.first == .noon - .seconds(5) && kind.last == .noon + .seconds(2))
        #expect(kind.sample == second)
        #expect(kind.recipient == "bob@hotmail.example")
        #expect(kind.provider == Provider("microsoft-consumer") && kind.replyClass == .ipBlock)
        #expect(kind.scope == .ourAddress && kind.smtpCode == 550 && kind.status == EnhancedStatusCode(5, 7, 1))
        #expect(kind.token == "S3150" && kind.rule == "microsoft-block-list" && kind.listedAddress == "192.0.2.1")
        #expect(kind.sender == "login:shop@example.org" && kind.senderClass == .login)
        #expect(kind.queueID == "4jYSWg2zFWz2Nm8m" && kind.recipientDomain == "hotmail.example")
        #expect(kind.outcome == .bounced)
    }

    @Test(arguments: [
        RefusalRecord.block(provider: "yahoo"), .block(provider: nil), .block(class: .ipThrottle), .block(code: 421),
        .block(code: nil), .block(status: EnhancedStatusCode(4, 7, 1)), .block(status: nil), .block(token: "S3140"),
        .block(token: nil), .block(sender: .localUser(uid: 33)), .block(sender: nil), .block(text: "550 go away"),
    ])
    func `keeps refusals apart that differ in provider, class, code, sender or words`(other: RefusalRecord) throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(.refused(.block()))
        ledger.record(.refused(other))
        ledger.flush()
        #expect(try ledger.all().map(\.count) == [1, 1])
    }

    @Test func `cuts a reply at 2 KiB, between characters`() throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(.refused(.block(text: "x" + String(repeating: "é", count: 2000))))
        ledger.flush()
        #expect(try ledger.all().first?.sample == "x" + String(repeating: "é", count: 1023))
    }

    @Test func `keeps hostile text as a text`() throws {
        let ledger = try Ledger.open(folder.path)
        let text = "550 '); DROP TABLE refusal; --\u{0}\u{1B}[2J\u{202E} %s ?"
        ledger.record(.refused(.block(text: text)))
        ledger.flush()
        #expect(try ledger.all().first?.sample == text.replacingOccurrences(of: "\u{0}", with: "\u{FFFD}"))
    }

    @Test func `takes news from the future for news of an hour hence at most`() throws {
        let ledger = try Ledger.open(folder.path, clock: clock)
        ledger.record(.refused(.block(at: Moment(milliseconds: .max))))
        ledger.flush()
        #expect(try ledger.all().first?.last == .noon + .hours(1))
    }

    @Test func `bears news from before all time, and forgets it at once`() throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(.refused(.block(at: Moment(milliseconds: .min))))
        #expect(ledger.flush())
        #expect(try ledger.all(Moment(milliseconds: .min)).isEmpty)
    }

    @Test func `has it all on disk once it is closed, and drops what comes later`() throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(.refused(.block()))
        #expect(ledger.close())
        ledger.record(.refused(.block()))
        #expect(ledger.close())
        let again = try Ledger.open(folder.path)
        again.record(.refused(.block()))
        again.flush()
        #expect(try again.all().first?.count == 2)
    }

    @Test func `says how many it lost that came faster than it could take them in`() throws {
        let ledger = try Ledger.open(folder.path, conditions: conditions, maximumWaiting: 3)
        ledger.record(
            Array(repeating: .refused(.block()), count: 5), reaching: LedgerPosition(source: "log", text: "5"))
        ledger.flush()
        #expect(conditions.all == [.overrun(lost: 2)])
        #expect(try ledger.all().first?.count == 3)
    }

    @Test func `says how many it lost that are more kinds than it may hold in memory`() throws {
        let ledger = try Ledger.open(folder.path, conditions: conditions, maximumKept: 2)
        for token in ["A", "B", "C", "A"] { ledger.record(.refused(.block(token: token))) }
        ledger.flush()
        #expect(conditions.all == [.overrun(lost: 1)])
        #expect(try Set(ledger.all().map(\.token)) == ["A", "B"])
    }

    @Test func `writes by itself within its interval`() async throws {
        let ledger = try Ledger(
            directory: folder.path, options: LedgerOptions(interval: .milliseconds(10)), clock: { .noon },
            tell: { _ in })
        ledger.record([.refused(.block())], reaching: LedgerPosition(source: "log", text: "1"))
        while ledger.position(for: "log") == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try ledger.all().count == 1)
    }

    @Test func `writes at once what fills a batch`() async throws {
        let ledger = try Ledger(
            directory: folder.path, options: LedgerOptions(interval: .seconds(60), batch: 2), clock: { .noon },
            tell: { _ in })
        ledger.record(
            [.refused(.block()), .refused(.block())], reaching: LedgerPosition(source: "log", text: "2"))
        while ledger.position(for: "log") == nil { try await Task.sleep(for: .milliseconds(5)) }
        #expect(try ledger.all().first?.count == 2)
    }

    @Test func `remembers how far each source was read`() throws {
        let ledger = try Ledger.open(folder.path)
        #expect(ledger.position(for: "/var/log/mail.log") == nil)
        ledger.record([], reaching: LedgerPosition(source: "/var/log/mail.log", text: #"{"offset":1}"#))
        ledger.record([], reaching: LedgerPosition(source: "/var/log/mail.log", text: #"{"offset":2}"#))
        ledger.record([], reaching: LedgerPosition(source: "journal", text: "cursor"))
        ledger.close()
        let again = try Ledger.open(folder.path)
        #expect(again.position(for: "/var/log/mail.log") == #"{"offset":2}"#)
        #expect(again.position(for: "journal") == "cursor")
        #expect(try LedgerReader(directory: folder.path).position(for: "journal") == "cursor")
    }
}
