// SPDX-License-Identifier: Apache-2.0
import Milter
import MilterClient
import Testing

@Suite struct `A modification` {
    let server: TestServer

    init() throws {
        server = try TestServer.shared.get()
    }

    /// Sends a message to a session that does this at its end.
    private func send(
        as host: String, offering actions: UInt32 = MilterConversation.postfixActions,
        steps: UInt32 = MilterConversation.postfixSteps,
        _ atEnd: @escaping @Sendable (MilterMessage) throws -> MilterVerdict
    ) throws -> (modifications: [MilterModification], answer: MilterAnswer, notes: Notes) {
        let notes = server.listen(to: host, .init(atEnd: atEnd))
        let mta = try MilterConversation(with: server.endpoint, offering: actions, steps: steps)
        try mta.connect(host: host, .unknown)
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        let end = try mta.endOfMessage()
        return (end.modifications, end.answer, notes)
    }

    @Test func `reaches the MTA in the order made`() throws {
        let outcome = try send(as: "modify.example") { message in
            try message.insertHeader(at: 0, name: "DKIM-Signature", value: "v=1;\n\tb=x")
            try message.addHeader(name: "X-Last", value: "y")
            try message.changeHeader(name: "Subject", occurrence: 2, value: "z")
            try message.removeHeader(name: "Bcc")
            try message.deleteRecipient("<b@example.net>")
            try message.addRecipient("<c@example.net>")
            try message.changeSender("<d@example.com>")
            message.progress()
            try message.quarantine(reason: "over the limit")
            return .accept
        }
        #expect(
            outcome.modifications == [
                .insertHeader(index: 0, name: "DKIM-Signature", value: " v=1;\n\tb=x"),
                .addHeader(name: "X-Last", value: " y"), .changeHeader(index: 2, name: "Subject", value: " z"),
                .changeHeader(index: 1, name: "Bcc", value: ""), .deleteRecipient("<b@example.net>"),
                .addRecipient("<c@example.net>"), .changeSender("<d@example.com>"), .progress,
                .quarantine(reason: "over the limit"),
            ])
        #expect(outcome.answer == .accept)
    }

    @Test func `has no blank of its own where the MTA adds one`() throws {
        let withoutLeadingSpace = MilterConversation.postfixSteps & ~0x10_0000
        let outcome = try send(as: "blank.example", steps: withoutLeadingSpace) { message in
            #expect(!message.context.negotiation.keepsLeadingSpace)
            try message.addHeader(name: "X-A", value: "y")
            return .proceed
        }
        #expect(outcome.modifications == [.addHeader(name: "X-A", value: "y")])
    }

    @Test func `cannot begin another header field`() throws {
        let outcome = try send(as: "smuggle.example") { message in
            try message.addHeader(name: "X-A", value: "a\r\nBcc: x@example.net\n\r\0\nb\n")
            try message.addHeader(name: "X-B", value: "a\r\n\tb")
            return .proceed
        }
        #expect(
            outcome.modifications == [
                .addHeader(name: "X-A", value: " a Bcc: x@example.net\n  b "),
                .addHeader(name: "X-B", value: " a\n\tb"),
            ])
    }

    @Test(arguments: ["", "X Y", "X:Y", "X\nY", "X\u{E9}"])
    func `with a malformed field name is refused`(name: String) throws {
        let outcome = try send(as: "name-\(Array(name.utf8)).example") { message in
            #expect(throws: MilterError.modificationFailed) { try message.addHeader(name: name, value: "x") }
            return .proceed
        }
        #expect(outcome.modifications == [])
        #expect(outcome.answer == .proceed)
    }

    @Test func `that the MTA does not offer throws, and the rest works`() throws {
        let headersOnly: UInt32 = 0x1 | 0x10
        let outcome = try send(as: "short.example", offering: headersOnly) { message in
            #expect(message.context.negotiation.granted == [.addHeaders, .changeHeaders])
            #expect(throws: MilterError.notGranted(.quarantine)) { try message.quarantine(reason: "x") }
            try message.addHeader(name: "X-A", value: "y")
            return .proceed
        }
        #expect(outcome.modifications == [.addHeader(name: "X-A", value: " y")])
        #expect(
            outcome.notes.all.first
                == "negotiated addHeaders, changeHeaders; the MTA does not offer: quarantine, addRecipients, "
                + "deleteRecipients, changeSender")
    }

    @Test func `too large for a packet throws, and the message goes on`() throws {
        let outcome = try send(as: "large.example") { message in
            #expect(throws: MilterError.modificationFailed) {
                try message.addHeader(name: "X-A", value: String(repeating: "x", count: 2 << 20))
            }
            return .proceed
        }
        #expect(outcome.answer == .proceed)
    }

    @Test(arguments: [-1, Int(Int32.max) + 1])
    func `at an impossible place throws`(place: Int) throws {
        let outcome = try send(as: "place\(place).example") { message in
            #expect(throws: MilterError.modificationFailed) {
                try message.insertHeader(at: place, name: "X-A", value: "x")
            }
            #expect(throws: MilterError.modificationFailed) {
                try message.changeHeader(name: "X-A", occurrence: place, value: "x")
            }
            return .proceed
        }
        #expect(outcome.modifications == [])
    }
}
