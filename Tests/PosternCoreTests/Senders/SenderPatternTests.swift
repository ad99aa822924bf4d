// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `A sender pattern` {
    private func matches(_ pattern: String, _ sender: Sender) throws -> Bool {
        try SenderPattern(parsing: pattern).matches(sender)
    }

    @Test func `names a login in any case, and many by a star`() throws {
        #expect(try matches("Alice@Example.com", .login("alice@example.com")))
        #expect(try matches("*@example.com", .login("alice@example.com")))
        #expect(try matches("login:a?ice@*.com", .login("alice@example.com")))
        #expect(try !matches("*@example.com", .login("alice@example.com.evil.example")))
        #expect(try !matches("*@example.com", .login("alice@xexample.com")))
        #expect(try !matches("alice", .login("alice@example.com")))
    }

    @Test func `names users by number and by range, ends included`() throws {
        #expect(try matches("uid:33", .localUser(uid: 33)))
        #expect(try matches("uid:1000-1999", .localUser(uid: 1999)))
        #expect(try !matches("uid:1000-1999", .localUser(uid: 2000)))
        #expect(try !matches("uid:33", .login("33")))
    }

    @Test func `names clients by address and by network`() throws {
        #expect(try matches("192.0.2.0/24", .client(.v4(0xC000_0207))))
        #expect(try matches("client:2001:db8::25", .client(.v6(0x2001_0db8_0000_0000, 0))))
        #expect(try !matches("192.0.2.1", .client(.v4(0xC000_0202))))
    }

    @Test func `names an address that forwards only when it says so`() throws {
        #expect(try matches("forwarder:*@example.com", .forwarder("team@example.com")))
        #expect(try !matches("*@example.com", .forwarder("team@example.com")))
    }

    @Test func `is exact where it can name one sender only`() throws {
        for text in ["alice", "uid:33", "192.0.2.1", "2001:db8::/128"] {
            #expect(try SenderPattern(parsing: text).isExact)
        }
        for text in ["a*", "uid:1-2", "192.0.2.0/31", "?"] { #expect(try !SenderPattern(parsing: text).isExact) }
    }

    @Test(arguments: [
        ("", "an empty text names no sender"),
        ("uid:www-data", "\"uid:www-data\" names no user: write \"uid:33\" or \"uid:1000-1999\""),
        ("uid:9-1", "\"uid:9-1\" names no user: write \"uid:33\" or \"uid:1000-1999\""),
        ("client:here", "\"here\" is not an IPv4 or IPv6 address or network"),
    ])
    func `is refused in words where it names nobody`(text: String, words: String) {
        #expect { try SenderPattern(parsing: text) } throws: { "\($0)" == words }
    }

    @Test func `reads the name under which a sender is shown`() throws {
        let senders: [Sender] = [
            .login("alice@example.com"), .localUser(uid: 33), .client(.v4(1)), .client(.v6(5, 0)),
            .forwarder("team@example.com"),
        ]
        for sender in senders { #expect(try matches(sender.name, sender), "\(sender.name)") }
        for (one, other) in zip(senders, senders.dropFirst()) { #expect(try !matches(one.name, other)) }
    }

    @Test func `with many stars takes no more than length times length`() throws {
        let pattern = String(repeating: "*a", count: 500) + "b"
        #expect(try !matches(pattern, .login(String(repeating: "a", count: 2000))))
    }
}
