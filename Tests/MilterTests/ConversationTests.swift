// SPDX-License-Identifier: Apache-2.0
import Milter
import MilterClient
import Testing

@Suite struct `A session` {
    let server: TestServer

    init() throws {
        server = try TestServer.shared.get()
    }

    @Test func `hears a message as the MTA tells it`() throws {
        let notes = server.listen(to: "whole.example")
        do {
            let mta = try server.conversation(as: "whole.example")
            #expect(try mta.say(.envelopeSender, "<a@example.com>", "SIZE=10", "BODY=8BITMIME") == .proceed)
            #expect(try mta.say(.envelopeRecipient, "<b@example.net>") == .proceed)
            #expect(try mta.say(.data) == .proceed)
            #expect(try mta.say(.header, "Subject", " one\n\ttwo") == nil)
            #expect(try mta.say(.endOfHeaders) == nil)
            #expect(try mta.body(Array("hello\r\n".utf8)) == .proceed)
            let end = try mta.endOfMessage()
            #expect(end.answer == .proceed)
            #expect(end.modifications == [])
            try mta.say(.quit)
        }
        #expect(notes.wait(for: "close"))
        #expect(
            notes.all.dropFirst() == [
                "connect whole.example ipv4(3221225991, port: 4711)", "helo whole.example",
                "mail <a@example.com> SIZE=10 BODY=8BITMIME", "rcpt <b@example.net>", "data",
                "header Subject: one\n\ttwo", "eoh", "body 7", "eom", "close",
            ])
    }

    @Test func `hears several messages of one connection, an abort between them`() throws {
        let notes = server.listen(to: "several.example")
        do {
            let mta = try server.conversation(as: "several.example")
            for sender in ["<1@example.com>", "<2@example.com>"] {
                try mta.say(.envelopeSender, sender)
                try mta.say(.envelopeRecipient, "<b@example.net>")
                #expect(try mta.endOfMessage().answer == .proceed)
                try mta.say(.abort)
            }
            try mta.say(.envelopeSender, "<3@example.com>")
            try mta.say(.abort)
            try mta.say(.quit)
        }
        #expect(notes.wait(for: "close"))
        #expect(
            notes.all.dropFirst(3) == [
                "mail <1@example.com>", "rcpt <b@example.net>", "eom", "mail <2@example.com>", "rcpt <b@example.net>",
                "eom", "mail <3@example.com>", "abort", "close",
            ])
    }

    @Test func `ends a message that the MTA drops`() throws {
        let notes = server.listen(to: "dropped.example")
        do {
            let mta = try server.conversation(as: "dropped.example")
            try mta.say(.envelopeSender, "<a@example.com>")
        }
        #expect(notes.wait(for: "close"))
        #expect(notes.all.suffix(3) == ["mail <a@example.com>", "abort", "close"])
    }

    @Test func `knows IPv6, Unix and unknown clients`() throws {
        let notes = server.listen(to: "peer.example")
        for client: MilterClientAddress in [.ipv6("2001:db8::7", port: 25), .unix("/run/x"), .unknown] {
            let mta = try MilterConversation(with: server.endpoint)
            try mta.connect(host: "peer.example", client)
        }
        #expect(
            notes.all.filter { $0.hasPrefix("connect") } == [
                "connect peer.example ipv6(high: 2306139568115548160, low: 7, port: 25)",
                "connect peer.example unix(path: \"/run/x\")", "connect peer.example nowhere",
            ])
    }

    @Test func `reads macros of this step and of earlier ones, control characters included`() throws {
        let notes = server.listen(
            to: "macros.example", .init(macros: [.queueID, .authenticatedLogin, .senderMailer]))
        let mta = try server.conversation(as: "macros.example")
        mta.macros(for: .envelopeSender, [("{auth_authen}", "a\r\nX-Evil: 1"), ("{mail_mailer}", "")])
        try mta.say(.envelopeSender, "<a@example.com>")
        mta.macros(for: .envelopeRecipient, [("i", "4jYSWg2zFWz2Nm8m")])
        try mta.say(.envelopeRecipient, "<b@example.net>")
        #expect(
            notes.all.suffix(7) == [
                "mail <a@example.com>", "mail has {auth_authen}=a\r\nX-Evil: 1", "mail has {mail_mailer}=",
                "rcpt <b@example.net>", "rcpt has i=4jYSWg2zFWz2Nm8m", "rcpt has {auth_authen}=a\r\nX-Evil: 1",
                "rcpt has {mail_mailer}=",
            ])
    }

    @Test func `hears 20,000 header fields and a field of 100,000 bytes`() throws {
        let notes = server.listen(to: "headers.example")
        let mta = try server.conversation(as: "headers.example")
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        try mta.say(.data)
        for number in 0..<20_000 { try mta.say(.header, "X-Number", " \(number)") }
        try mta.say(.header, "X-Long", String(repeating: "x", count: 100_000))
        try mta.say(.endOfHeaders)
        #expect(try mta.endOfMessage().answer == .proceed)
        let headers = notes.all.filter { $0.hasPrefix("header X-Number") }
        #expect(headers.count == 20_000)
        #expect(headers.last == "header X-Number: 19999")
        #expect(notes.all.contains { $0.utf8.count == 100_000 + "header X-Long:".utf8.count })
    }

    @Test func `hears a header value up to its NUL`() throws {
        let notes = server.listen(to: "nul.example")
        let mta = try server.conversation(as: "nul.example")
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        try mta.say(.header, bytes: Array("Subject\0 before\0after\0".utf8))
        try mta.say(.endOfHeaders)
        #expect(try mta.endOfMessage().answer == .proceed)
        #expect(notes.all.contains("header Subject: before"))
    }

    @Test func `hears a body of more than a chunk whole`() throws {
        let notes = server.listen(to: "body.example")
        let mta = try server.conversation(as: "body.example")
        try mta.say(.envelopeSender, "<a@example.com>")
        try mta.say(.envelopeRecipient, "<b@example.net>")
        try mta.say(.data)
        try mta.say(.endOfHeaders)
        try mta.body([UInt8](repeating: 0x61, count: 65_535 + 1))
        #expect(try mta.endOfMessage().answer == .proceed)
        #expect(notes.all.suffix(3) == ["body 65535", "body 1", "eom"])
    }
}
