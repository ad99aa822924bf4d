// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Resolving

private let (a, ptr, aaaa): (UInt16, UInt16, UInt16) = (1, 12, 28)

@Suite struct `The names of an address` {
    @Test func `are those of its PTR records, each once, in lower case`() async throws {
        let wire = TestNameServer.wire
        try await withResolver { question in
            question == .init(name: "1.2.0.192.in-addr.arpa", type: ptr)
                ? .records(wire("MAIL.example.com"), wire("b.example.com"), wire("mail.example.com")) : .nothing
        } _: { resolver, _ in
            #expect(await resolver.names(of: .v4(0xC000_0201)) == .found(["b.example.com", "mail.example.com"]))
        }
    }

    @Test func `are asked for under ip6.arpa by the nibble where the address is IPv6`() async throws {
        try await withResolver { _ in
            .records(TestNameServer.wire("six.example.com"))
        } _: { resolver, server in
            #expect(await resolver.names(of: .v6(0x2001_0DB8_0000_0000, 1)) == .found(["six.example.com"]))
            #expect(
                server.questions.map(\.name) == [
                    "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"
                ])
        }
    }

    @Test func `are none where there is no record, and not known where the DNS fails or talks nonsense`() async throws {
        for (saying, expected) in [
            (TestNameServer.Saying.noName, Answer<[String]>.nothing), (.nothing, .nothing),
            (.failure, .failed(.server(code: 2))), (.records([1, 0x2A, 0]), .failed(.malformed)),
        ] {
            try await withResolver { _ in
                saying
            } _: { resolver, _ in
                #expect(await resolver.names(of: .v4(0xC000_0201)) == expected)
            }
        }
    }

    @Test func `lead back to it only if that very address is among theirs`() async throws {
        try await withResolver { question in
            switch (question.name, question.type) {
            case ("mail.example.com", a): .records([198, 51, 100, 1], [192, 0, 2, 1])
            case ("mail.example.com", aaaa):
                .records([0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])
            default: .noName
            }
        } _: { resolver, _ in
            #expect(await resolver.leads("mail.example.com", to: .v4(0xC000_0201)) == .found(true))
            #expect(await resolver.leads("mail.example.com", to: .v4(0xC000_0202)) == .found(false))
            #expect(await resolver.leads("mail.example.com", to: .v6(0x2001_0DB8_0000_0000, 1)) == .found(true))
            #expect(await resolver.leads("other.example.com", to: .v4(0xC000_0201)) == .found(false))
            #expect(await resolver.leads("no name", to: .v4(0xC000_0201)) == .failed(.badName))
        }
    }
}
