// SPDX-License-Identifier: Apache-2.0
import Milter
import MilterClient
import Testing

@Suite struct `A verdict` {
    let server: TestServer

    init() throws {
        server = try TestServer.shared.get()
    }

    /// Has the session answer RCPT with a verdict, and says what the MTA hears.
    private func answer(_ verdict: MilterVerdict, as host: String) throws -> MilterAnswer? {
        _ = server.listen(to: host, .init(verdicts: ["rcpt": verdict]))
        let mta = try server.conversation(as: host)
        try mta.say(.envelopeSender, "<a@example.com>")
        return try mta.say(.envelopeRecipient, "<b@example.net>")
    }

    @Test func `reaches the MTA as its own packet`() throws {
        #expect(try answer(.accept, as: "accept.example") == .accept)
        #expect(try answer(.reject, as: "reject.example") == .reject)
        #expect(try answer(.temporaryFailure, as: "tempfail.example") == .temporaryFailure)
        #expect(try answer(.discard, as: "discard.example") == .discard)
        #expect(try answer(.proceed, as: "proceed.example") == .proceed)
    }

    @Test func `of skip is one of body only`() throws {
        #expect(try answer(.skip, as: "skip-rcpt.example") == .proceed)
        _ = server.listen(to: "skip-body.example", .init(verdicts: ["body": .skip]))
        let mta = try server.conversation(as: "skip-body.example")
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        try mta.say(.endOfHeaders)
        #expect(try mta.body([0x61]) == .skip)
        #expect(try mta.endOfMessage().answer == .proceed)
    }

    @Test func `in words carries both codes and doubles the percent sign`() throws {
        let reply = MilterReply(.temporary, code: 50, subject: 7, detail: 1, "100% of 30/1m; wait")
        #expect(try answer(.reply(reply), as: "words.example") == .reply("450 4.7.1 100%% of 30/1m; wait"))
    }

    @Test func `in several lines repeats the codes`() throws {
        let reply = MilterReply(.permanent, code: 54, subject: 7, detail: 0, lines: ["one", "two", "three"])
        #expect(
            try answer(.reply(reply), as: "lines.example")
                == .reply("554-5.7.0 one\r\n554-5.7.0 two\r\n554 5.7.0 three"))
    }

    @Test func `in words cannot add a line or leave ASCII`() throws {
        let reply = MilterReply(.temporary, code: 51, subject: 7, detail: 1, "a\r\n250 ok\0b \u{E9}")
        #expect(try answer(.reply(reply), as: "inject.example") == .reply("451 4.7.1 a  250 ok b ?"))
    }

    @Test func `in words fits what libmilter takes, however much is said`() throws {
        let long = String(repeating: "%", count: 2_000)
        let reply = MilterReply(
            .temporary, code: 100, subject: 1000, detail: -1, lines: Array(repeating: long, count: 40))
        guard case .reply(let text)? = try answer(.reply(reply), as: "long.example") else {
            Issue.record("no words")
            return
        }
        let lines = text.split(separator: "\r\n")
        #expect(lines.count == MilterReply.maximumLines)
        #expect(lines.allSatisfy { $0.utf8.count == "450-4.0.0 ".utf8.count + MilterReply.maximumLineLength })
        #expect(lines.last?.hasPrefix("450 4.0.0 %%") == true)
    }

    @Test func `in no words at all has the codes`() throws {
        let reply = MilterReply(.permanent, code: 50, subject: 7, detail: 1, lines: [])
        #expect(try answer(.reply(reply), as: "empty.example") == .reply("550 5.7.1 "))
    }

    @Test func `on a step without reply is not heard`() throws {
        let notes = server.listen(to: "silent.example", .init(verdicts: ["header": .reject, "eoh": .accept]))
        let mta = try server.conversation(as: "silent.example")
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        #expect(try mta.say(.header, "Subject", " x") == nil)
        #expect(try mta.say(.endOfHeaders) == nil)
        #expect(try mta.endOfMessage().answer == .proceed)
        #expect(notes.all.suffix(3) == ["header Subject: x", "eoh", "eom"])
    }

    @Test func `on one message does not touch the next`() throws {
        _ = server.listen(to: "next.example", .init(verdicts: ["mail": .reject]))
        let mta = try server.conversation(as: "next.example")
        #expect(try mta.say(.envelopeSender, "<a@example.com>") == .reject)
        #expect(try mta.say(.envelopeSender, "<b@example.com>") == .reject)
    }
}
