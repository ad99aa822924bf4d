// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Resolving

@Suite struct `Records of the DNS` {
    private static func string(_ text: String) -> [UInt8] { [UInt8(text.utf8.count)] + Array(text.utf8) }

    @Test func `of text have their strings joined without anything between`() async throws {
        try await withResolver { _ in
            .records(Self.string("v=spf1 ip4:") + Self.string("192.0.2.1 -all"), Self.string(""))
        } _: { resolver, _ in
            guard case .found(let texts) = await resolver.texts(of: "example.com") else {
                Issue.record("no texts")
                return
            }
            #expect(Set(texts) == [Array("v=spf1 ip4:192.0.2.1 -all".utf8), []])
        }
    }

    @Test func `of text whose string is cut are none`() async throws {
        try await withResolver { _ in
            .records([5, 0x61])
        } _: { resolver, _ in
            #expect(await resolver.texts(of: "example.com") == .failed(.malformed))
        }
    }

    @Test func `tell a name that does not exist from one that has none, and both from a failure`() async throws {
        for (saying, expected) in [
            (TestNameServer.Saying.noName, Records<MXRecord>.noName), (.nothing, .noData),
            (.failure, .failed(.server(code: 2))),
        ] {
            try await withResolver { _ in
                saying
            } _: { resolver, _ in
                #expect(await resolver.exchangers(of: "example.com") == expected)
            }
        }
    }

    @Test func `of addresses are of the family that was asked for`() async throws {
        try await withResolver { question in
            question.type == 28
                ? .records([0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [1])
                : .records([192, 0, 2, 1])
        } _: { resolver, _ in
            #expect(await resolver.addresses(of: "example.com", in: .v4) == .found([.v4(0xC000_0201)]))
            #expect(await resolver.addresses(of: "example.com", in: .v6) == .found([.v6(0x2001_0DB8_0000_0000, 1)]))
            #expect(await resolver.allAddresses(of: "example.com").values?.count == 2)
        }
    }

    @Test func `of mail exchangers keep the null MX`() async throws {
        try await withResolver { _ in
            .mx((0, ""))
        } _: { resolver, _ in
            #expect(await resolver.exchangers(of: "example.com") == .found([MXRecord(preference: 0, host: "")]))
        }
    }
}
