// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A set of networks` {
    private func address(_ text: String) throws -> ClientAddress { try #require(ClientAddress(parsing: text)) }

    @Test(arguments: [
        ("192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
        ("192.0.2.128/25", "192.0.2.128", "192.0.2.255", "192.0.2.127", "192.0.3.0"),
        ("192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.6", "192.0.2.8"),
        ("[2001:db8::]/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", "2001:db7:ffff::", "2001:db9::"),
        (
            "2001:db8:0:0:8000::/65", "2001:db8::8000:0:0:0", "2001:db8::ffff:0:0:0", "2001:db8::7fff:0:0:0",
            "2001:db8:0:1::"
        ),
        ("::1/128", "::1", "::1", "::", "::2"),
        ("::ffff:192.0.2.0/120", "192.0.2.0", "192.0.2.255", "192.0.1.255", "192.0.3.0"),
    ])
    func `holds a network from its first address to its last`(
        network: String, first: String, last: String, before: String, after: String
    ) throws {
        let set = AddressSet([try AddressBlock(parsing: network)])
        #expect(set.contains(try address(first)))
        #expect(set.contains(try address(last)))
        #expect(!set.contains(try address(before)))
        #expect(!set.contains(try address(after)))
    }

    @Test func `of everything in one family holds nothing of the other`() throws {
        let set = AddressSet([try AddressBlock(parsing: "0.0.0.0/0")])
        #expect(set.contains(.v4(.max)))
        #expect(!set.contains(.v6(0, 0)))
    }

    @Test func `lets the first network that holds an address decide, as Postfix does`() throws {
        let set = try AddressSet(parsing: ["!192.0.2.7", "192.0.2.0/24", "!192.0.2.8"])
        #expect(!set.contains(try address("192.0.2.7")))
        #expect(set.contains(try address("192.0.2.8")))
        #expect(!set.contains(try address("198.51.100.1")))
    }

    @Test func `that is empty holds nobody`() {
        #expect(!AddressSet().contains(.v4(0)))
    }

    @Test(arguments: [
        ("192.0.2.7/24", "\"192.0.2.7/24\" has bits beyond its prefix; the network is 192.0.2.0/24"),
        ("192.0.2.0/33", "the prefix length \"/33\" is not a number up to 32"),
        ("2001:db8::/129", "the prefix length \"/129\" is not a number up to 128"),
        ("192.0.2.0/", "the prefix length \"/\" is not a number up to 32"),
        ("192.0.2.0/-1", "the prefix length \"/-1\" is not a number up to 32"),
        ("localhost/8", "\"localhost/8\" is not an IPv4 or IPv6 address or network"),
    ])
    func `is refused in words where a network is none`(text: String, words: String) {
        #expect { try AddressBlock(parsing: text) } throws: { "\($0)" == words }
    }
}
