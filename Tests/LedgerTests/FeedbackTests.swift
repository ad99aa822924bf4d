// SPDX-License-Identifier: Apache-2.0
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `What others tell of our mail` {
    let folder: ScratchFolder
    let clock = HandClock()

    init() throws { folder = try ScratchFolder() }

    private var reader: LedgerReader {
        get throws { try LedgerReader(directory: folder.path) }
    }

    private func complaint(_ report: String, sender: String? = "login:shop", at moment: Moment = .noon) -> Complaint {
        Complaint(
            time: moment, report: report, kind: "abuse", reporter: "example.com", sender: sender,
            queueID: "4jYSWg2zFWz2Nm8m", signedBy: "example.org", address: "192.0.2.1")
    }

    @Test func `is counted by the sender, each report once, beside a daemon that runs`() throws {
        let ledger = try Ledger.open(folder.path, clock: clock)
        let notes = LedgerNotes(directory: folder.path)
        #expect(try notes.complained(complaint("<1@example.com>")))
        #expect(try !notes.complained(complaint("<1@example.com>")))
        #expect(try notes.complained(complaint("<2@example.com>", sender: nil)))
        // Without a name nothing tells one report from the next.
        #expect(try notes.complained(complaint("")))
        #expect(try notes.complained(complaint("")))
        #expect(try reader.complaintCounts(since: .noon) == ["login:shop": 3, "": 1])
        #expect(try reader.complaintCounts(since: .noon + .seconds(1)) == [:])
        #expect(try reader.complaints(queueID: "4jYSWg2zFWz2Nm8m").count == 4)
        #expect(try reader.complaints(queueID: "4jYSWg2zFWz2Nm8m").last == complaint("<1@example.com>"))
        #expect(try reader.complaints(queueID: "") == [])
        ledger.close()
    }

    @Test func `keeps its words within bounds`() throws {
        try Ledger.open(folder.path, clock: clock).close()
        let long = String(repeating: "é", count: 1000)
        var complaint = complaint(long)
        complaint.kind = long
        try LedgerNotes(directory: folder.path).complained(complaint)
        let kept = try #require(try reader.complaints(queueID: "4jYSWg2zFWz2Nm8m").first)
        #expect(kept.report.utf8.count == 254)
        #expect(kept.kind.utf8.count == 254)
    }

    @Test func `has of each address and day what was told last`() throws {
        try Ledger.open(folder.path, clock: clock).close()
        let notes = LedgerNotes(directory: folder.path)
        let day = Moment(seconds: Moment.noon.seconds / 86_400 * 86_400)
        var told = AddressDay(
            day: day, address: .v4(0xC000_0201), recipients: 10, messages: 9, colour: .green, complaintRate: 1,
            traps: 0)
        try notes.learnt([told])
        told.colour = .red
        told.traps = 3
        try notes.learnt([told])
        #expect(try reader.addressDays(since: .noon) == [told])
        #expect(try reader.addressDays(since: .noon + .hours(24)) == [])
    }

    @Test func `is forgotten in time, and before it fills the disk`() throws {
        var retention = LedgerRetention(hours: .hours(1), days: .hours(48))
        retention.maximumComplaints = 5
        try Ledger.open(folder.path, clock: clock).close()
        let notes = LedgerNotes(directory: folder.path)
        for number in 0..<9 { try notes.complained(complaint("<\(number)>")) }
        try notes.learnt([
            AddressDay(
                day: .noon - .hours(96), address: .v4(1), recipients: 1, messages: 1, colour: .green, complaintRate: 0,
                traps: 0)
        ])
        let ledger = try Ledger.open(folder.path, clock: clock, retention: retention)
        ledger.flush()
        #expect(try reader.complaints(queueID: "4jYSWg2zFWz2Nm8m").count == 5)
        #expect(try reader.addressDays(since: Moment(seconds: 0)) == [])
        clock.advance(.hours(2))
        ledger.flush()
        #expect(try reader.complaints(queueID: "4jYSWg2zFWz2Nm8m") == [])
        ledger.close()
    }
}
