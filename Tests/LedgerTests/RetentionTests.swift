// SPDX-License-Identifier: Apache-2.0
import Ledger
import PosternCore
import ScratchSpace
import Testing

@Suite struct `What the ledger forgets` {
    let folder: ScratchFolder
    let clock = HandClock()

    init() throws { folder = try ScratchFolder() }

    private func open(_ retention: LedgerRetention = LedgerRetention()) throws -> Ledger {
        try Ledger.open(folder.path, clock: clock, retention: retention)
    }

    /// Lets time pass; the flush forgets what is now too old.
    private func after(_ duration: Duration, _ ledger: Ledger) {
        clock.advance(duration)
        #expect(ledger.flush())
    }

    @Test func `is a kind of refusal after 90 days, not a millisecond earlier`() throws {
        let ledger = try open()
        ledger.record(.refused(.block()))
        ledger.flush()
        after(.hours(24 * 90), ledger)
        #expect(try ledger.all().count == 1)
        clock.advance(.milliseconds(1))
        after(.minutes(1), ledger)
        #expect(try ledger.all().isEmpty)
    }

    @Test func `is a recipient after 14 days, also in the words of the sample`() throws {
        let ledger = try open()
        let text = "550 5.1.1 <ann@hotmail.example>: user unknown, see \"o'b@x\"@y.example (S3150)"
        ledger.record(.refused(.block(text: text)))
        ledger.flush()
        after(.hours(24 * 14), ledger)
        #expect(try ledger.all().first?.recipient == "ann@hotmail.example")
        after(.minutes(1), ledger)
        let kind = try #require(try ledger.all().first)
        #expect(kind.recipient == nil)
        #expect(kind.sample == "550 5.1.1 <@>: user unknown, see \"o'@\"@ (S3150)")
        #expect(kind.count == 1)
    }

    @Test func `is an address in a sample also where the recipient was not known`() throws {
        let ledger = try open()
        ledger.record(.refused(.block(recipient: nil, text: "550 no ann@hotmail.example here")))
        ledger.flush()
        after(.hours(24 * 15), ledger)
        #expect(try ledger.all().first?.sample == "550 no @ here")
    }

    @Test func `is a recipient again when a new refusal of the kind brings one`() throws {
        let ledger = try open()
        ledger.record(.refused(.block()))
        ledger.flush()
        after(.hours(24 * 15), ledger)
        ledger.record(.refused(.block(at: clock.now(), recipient: "bob@hotmail.example")))
        ledger.flush()
        #expect(try ledger.all().first?.recipient == "bob@hotmail.example")
        after(.hours(24 * 15), ledger)
        #expect(try ledger.all().first?.recipient == nil)
    }

    @Test func `is an hour's count and an event after 400 days`() throws {
        let ledger = try open()
        ledger.record(.accepted(AcceptanceRecord(time: .noon, provider: nil, sender: .unknownLocalUser)))
        ledger.record(.event(LedgerEvent(time: .noon, kind: .alert)))
        ledger.flush()
        let reader = try LedgerReader(directory: folder.path)
        let start = Moment(milliseconds: 0)
        after(.hours(24 * 400), ledger)
        #expect(try reader.totals(since: start).count == 1)
        #expect(try reader.hours(ofSender: "local:unknown", since: start).count == 1)
        #expect(try reader.events(since: start).count == 1)
        after(.hours(1), ledger)
        #expect(try reader.totals(since: start).isEmpty)
        #expect(try reader.hours(ofSender: "local:unknown", since: start).isEmpty)
        #expect(try reader.events(since: start).isEmpty)
    }

    @Test func `is the kind not seen for longest where there are too many`() throws {
        let ledger = try open(LedgerRetention(maximumKinds: 2))
        for (token, age) in [("B", 2), ("A", 1), ("C", 3)] {
            ledger.record(.refused(.block(at: .noon - .seconds(age), token: token)))
        }
        ledger.flush()
        #expect(try ledger.all().map(\.token) == ["A", "B"])
    }

    @Test func `goes a portion at a time, until nothing too old is left`() throws {
        let ledger = try open()
        for number in 0..<1200 { ledger.record(.refused(.block(token: "T\(number)"))) }
        ledger.flush()
        clock.advance(.hours(24 * 91))
        let reader = try LedgerReader(directory: folder.path)
        let left = try (0..<4).map { _ in
            ledger.flush()
            return try reader.rejections(RejectionQuery(since: .noon, limit: 2000)).count
        }
        #expect(left == [700, 200, 0, 0])
    }

    @Test func `goes by itself to the end, also where nothing is recorded any more`() async throws {
        let ledger = try Ledger(
            directory: folder.path, options: LedgerOptions(interval: .milliseconds(10)),
            clock: { [clock] in clock.now() }, tell: { _ in })
        ledger.record(
            (0..<1200).map { .refused(.block(token: "T\($0)")) }, reaching: LedgerPosition(source: "log", text: "1"))
        ledger.flush()
        clock.advance(.hours(24 * 91))
        ledger.flush()
        let reader = try LedgerReader(directory: folder.path)
        while try !reader.rejections(RejectionQuery(since: .noon)).isEmpty {
            try await Task.sleep(for: .milliseconds(5))
        }
    }
}
