// SPDX-License-Identifier: Apache-2.0
import Milter
import MilterClient
import Testing

@Suite struct `A hostile peer` {
    let server: TestServer

    init() throws {
        server = try TestServer.shared.get()
    }

    @Test func `that connects and closes does no harm`() throws {
        for _ in 0..<100 { _ = try MilterChannel(to: server.endpoint) }
        try expectGoodService(#function)
    }

    @Test func `that sends nonsense, in any order and cut anywhere, does no harm`() throws {
        var nonsense = MilterNonsense(seed: 20_260_801)
        for round in 0..<10_000 {
            let channel = try MilterChannel(to: server.endpoint)
            // The server may have closed already.
            try? channel.send(nonsense.sequence())
            if round % 1_000 == 999 { try expectGoodService(#function) }
        }
        try expectGoodService(#function)
    }

    @Test func `that repeats every step before all others does no harm`() throws {
        for first in MilterCommand.allCases {
            for second in MilterCommand.allCases {
                let channel = try MilterChannel(to: server.endpoint)
                var packets = MilterPackets()
                for command in [first, second, first] { packets.append(command, strings: ["<a@example.com>", "x"]) }
                try? channel.send(packets)
            }
        }
        try expectGoodService(#function)
    }

    @Test func `that states a length beyond the limit is dropped`() throws {
        let channel = try MilterChannel(to: server.endpoint)
        var packets = MilterPackets()
        packets.append(raw: MilterCommand.header.rawValue, [UInt8](), length: (1 << 20) + 2)
        try channel.send(packets)
        #expect(throws: MilterClientError.closed) { try channel.receive() }
        try expectGoodService(#function)
    }

    /// A message of an honest peer must be heard whole and answered rightly, whatever else goes on.
    private func expectGoodService(_ host: String) throws {
        let notes = server.listen(to: host)
        let mta = try server.conversation(as: host)
        #expect(try mta.say(.envelopeSender, "<a@example.com>") == .proceed)
        #expect(try mta.say(.envelopeRecipient, "<b@example.net>") == .proceed)
        #expect(try mta.say(.header, "Subject", " x") == nil)
        #expect(try mta.say(.endOfHeaders) == nil)
        #expect(try mta.body([0x61]) == .proceed)
        #expect(try mta.endOfMessage().answer == .proceed)
        #expect(
            notes.all.dropFirst(3) == [
                "mail <a@example.com>", "rcpt <b@example.net>", "header Subject: x", "eoh", "body 1", "eom",
            ])
    }
}
