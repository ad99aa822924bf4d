// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `A client address` {
    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("255.255.255.255", "255.255.255.255"), ("0.0.0.0", "0.0.0.0"),
        ("[192.0.2.1]", "192.0.2.1"), ("2001:db8::1", "2001:db8::1"), ("IPv6:2001:DB8::1", "2001:db8::1"),
        ("ipv6:::1", "::1"), ("[IPv6:2001:db8::1]", "2001:db8::1"), ("::", "::"), ("::1", "::1"),
        ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1::8", "1::8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"),
        ("fe80::1%eth0", "fe80::1"), ("::ffff:192.0.2.1", "192.0.2.1"), ("::ffff:c000:0201", "192.0.2.1"),
        ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
    ])
    func `is read in the forms that Postfix writes, and written in one`(text: String, written: String) {
        #expect(ClientAddress(parsing: text)?.description == written)
    }

    @Test(arguments: [
        "", "unknown", "192.0.2", "192.0.2.1.5", "192.0.2.256", "192.0.2.01", "192.0.2.-1", "+1.2.3.4", "1.2.3.4 ",
        "IPv6:192.0.2.1", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", ":1", "1:", "12345::", "::g", "::+1",
        "1:2:3:4:5:6:7:8::", "::1.2.3", "1.2.3.4::", "fe80::1%", "[::1", "::1]", "[", "[]", "٣.1.1.1",
        "::1%" + String(repeating: "x", count: 200),
    ])
    func `is not found where there is none`(text: String) {
        #expect(ClientAddress(parsing: text) == nil)
    }

    @Test func `is written with the first of the longest runs of zeros cut out`() {
        #expect(ClientAddress(parsing: "1:0:0:2:0:0:0:3")?.description == "1:0:0:2::3")
        #expect(ClientAddress(parsing: "1:0:0:2:3:0:0:4")?.description == "1::2:3:0:0:4")
        #expect(ClientAddress(parsing: "1:0:2:3:4:5:6:7")?.description == "1:0:2:3:4:5:6:7")
    }

    @Test func `answers for its whole IPv6 customer network, and for itself in IPv4`() {
        #expect(ClientAddress(parsing: "2001:db8:0:1:a:b:c:d")?.accountable == ClientAddress(parsing: "2001:db8:0:1::"))
        #expect(ClientAddress.v4(7).accountable == .v4(7))
    }

    @Test func `is of this host in all of 127 and as colon-colon-one`() {
        for text in ["127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1"] {
            #expect(ClientAddress(parsing: text)?.isLoopback == true)
        }
        for text in ["128.0.0.1", "126.255.255.255", "::2", "1::1"] {
            #expect(ClientAddress(parsing: text)?.isLoopback == false)
        }
    }

    @Test func `survives being written and read, whatever it is`() {
        var random = SplitMix64(seed: 1)
        for _ in 0..<2000 {
            // Few bits, so that runs of zeros of every length and place occur.
            let mask = random.next() & random.next() & random.next()
            let address = ClientAddress.v6(random.next() & mask | 1 << 63, random.next() & mask)
            #expect(ClientAddress(parsing: address.description) == address)
            let other = ClientAddress.v4(UInt32.random(in: 0...(.max), using: &random))
            #expect(ClientAddress(parsing: other.description) == other)
        }
    }
}
