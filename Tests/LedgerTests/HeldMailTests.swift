// SPDX-License-Identifier: Apache-2.0
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `Held mail in the ledger` {
    let folder: ScratchFolder

    init() throws { folder = try ScratchFolder() }

    private func mail(_ id: String, at time: Moment = .noon, sender: String = "login:a@x.example") throws -> HeldMail {
        HeldMail(
            queueID: try #require(QueueID(id)), time: time, sender: sender, senderClass: .login, rule: "login",
            reason: "over the limit of 150/10m (login)", envelopeSender: "a@x.example", recipients: 3, size: 900)
    }

    private func held() throws -> [HeldMail] { try LedgerReader(directory: folder.path).held() }

    @Test func `stays until it is on hold no more, and over a restart`() throws {
        let (first, second) = (try mail("4F2A1"), try mail("4F2A2", at: .noon + .seconds(1), sender: "uid:33"))
        let ledger = try Ledger.open(folder.path)
        ledger.record(.held(second))
        ledger.record(.held(first))
        ledger.close()
        #expect(try held() == [first, second])
        let again = try Ledger.open(folder.path)
        again.record(.notHeld(first.queueID))
        again.close()
        #expect(try held() == [second])
    }

    @Test func `follows the order in which it was told, though all is written at once`() throws {
        let ledger = try Ledger.open(folder.path)
        let (first, second) = (try mail("4F2A1"), try mail("4F2A2"))
        ledger.record(.held(first))
        ledger.record(.notHeld(first.queueID))
        ledger.record(.notHeld(second.queueID))
        ledger.record(.held(second))
        ledger.close()
        #expect(try held() == [second])
    }

    @Test func `of an ID that is used again is the new message`() throws {
        let ledger = try Ledger.open(folder.path)
        ledger.record(.held(try mail("4F2A1")))
        ledger.flush()
        let other = try mail("4F2A1", at: .noon + .hours(1), sender: "uid:33")
        ledger.record(.held(other))
        ledger.close()
        #expect(try held().map(\.sender) == ["uid:33"])
    }

    @Test func `is forgotten when it is older than refusals are`() throws {
        let clock = HandClock()
        let ledger = try Ledger.open(folder.path, clock: clock)
        ledger.record(.held(try mail("4F2A1")))
        ledger.flush()
        clock.advance(.hours(24 * 90) + .minutes(2))
        ledger.flush()
        ledger.close()
        #expect(try held() == [])
    }

    @Test func `freed by a command is gone, with a word of who did it, while the daemon writes`() throws {
        let ledger = try Ledger.open(folder.path)
        let mail = try mail("4F2A1")
        ledger.record(.held(mail))
        ledger.flush()
        let event = LedgerEvent(time: .noon, kind: .manual, who: "ann", detail: #"{"act":"free"}"#)
        try LedgerNotes(directory: folder.path).acted(event, on: [mail.queueID])
        #expect(try held() == [])
        #expect(try LedgerReader(directory: folder.path).events(since: .noon, kind: .manual) == [event])
        ledger.record(.held(mail))
        ledger.close()
        #expect(try held() == [mail])
    }

    @Test func `keeps the last look of an operator`() throws {
        #expect(throws: LedgerError.missing(path: folder["ledger.db"])) {
            try LedgerNotes(directory: folder.path).lookedAtHeld(at: .noon)
        }
        try Ledger.open(folder.path).close()
        #expect(try LedgerReader(directory: folder.path).lastLookAtHeld() == nil)
        try LedgerNotes(directory: folder.path).lookedAtHeld(at: .noon)
        try LedgerNotes(directory: folder.path).lookedAtHeld(at: .noon + .seconds(5))
        #expect(try LedgerReader(directory: folder.path).lastLookAtHeld() == .noon + .seconds(5))
    }
}
