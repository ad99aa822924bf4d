// SPDX-License-Identifier: Apache-2.0
import Milter
import MilterClient
import Testing

@Suite struct `A negotiation` {
    let server: TestServer

    init() throws {
        server = try TestServer.shared.get()
    }

    @Test func `asks for what is used, and for no more`() throws {
        let mta = try MilterConversation(with: server.endpoint)
        #expect(mta.actions == 0x17D, "all but replaceBody and addRecipient with parameters, and macro lists")
        let noUnknown: UInt32 = 0x100
        let silent: UInt32 = 0x80 | 0x40000
        let skip: UInt32 = 0x400
        let leadingSpace: UInt32 = 0x10_0000
        #expect(mta.steps == noUnknown | silent | skip | leadingSpace)
    }

    @Test func `names the macros of the stages that were given`() throws {
        let mta = try MilterConversation(with: server.endpoint)
        #expect(mta.macroLists == [2: ["i", "{auth_authen}"], 5: ["i"]])
    }

    @Test func `names no macros to an MTA that takes no names`() throws {
        let mta = try MilterConversation(with: server.endpoint, offering: 0xFF)
        #expect(mta.actions & 0x100 == 0)
        #expect(mta.macroLists == [:])
    }

    @Test func `with an MTA that cannot do without replies still works`() throws {
        _ = server.listen(to: "old.example")
        let version2Steps: UInt32 = 0x7F
        let mta = try MilterConversation(with: server.endpoint, offering: 0x3F, steps: version2Steps)
        #expect(mta.steps == 0)
        #expect(try mta.connect(host: "old.example", .unknown) == .proceed)
        #expect(try mta.say(.envelopeSender, "<a@example.com>") == .proceed)
        #expect(try mta.say(.envelopeRecipient, "<b@example.net>") == .proceed)
        #expect(try mta.say(.header, "Subject", "x") == .proceed)
        #expect(try mta.say(.endOfHeaders) == .proceed)
        #expect(try mta.endOfMessage().answer == .proceed)
    }
}
