// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private func domain(_ field: String) -> AuthorDomain {
    AuthorDomain(fieldValue: field.utf8)
}

@Suite struct `The author's domain` {
    @Test(arguments: [
        "alice@example.com",
        " Alice <alice@EXAMPLE.com>",
        "\"Alice, of example.org\" <alice@example.com>",
        "alice@example.com (works at @evil.example)",
        "(a (nested) comment) <alice@example.com> (and more)",
        "=?utf-8?q?Alice?= <alice@example.com>",
        "Alice\r\n\t<alice@example.com>",
        "<@relay.example,@other.example:alice@example.com>",
        "\"odd@evil.example\"@example.com",
        "\"a\\\"b\"@example.com",
        "alice@example.com, Bob <bob@example.com>",
        "Staff: alice@example.com, bob@example.com;",
        "alice@example.com <alice@example.com>",
        "alice@example.com ,",
        "Ålice <alice@example.com>",
        "alice @ example.com",
    ])
    func `is read from a mailbox list`(field: String) {
        #expect(domain(field) == .one("example.com"))
    }

    @Test(arguments: [
        "",
        "Alice",
        "alice@",
        "@example.com",
        "alice@localhost",
        "alice@[192.0.2.1]",
        "alice@example..com",
        "alice@.example.com",
        "alice@example.com.",
        "alice@example.com bob",
        "alice@evil.example@example.com",
        "<alice@example.com",
        "alice@example.com>",
        "<alice@example.com> bob@evil.example",
        "<alice@example.com> <bob@evil.example>",
        "<<alice@example.com>>",
        "\"unended <alice@example.com>",
        "(unended <alice@example.com>",
        "alice@example.com\0.evil.example",
        "Staff:;",
        "alice@exa mple.com",
        "alice@example.com, nobody",
    ])
    func `is unreadable where readers could differ`(field: String) {
        #expect(domain(field) == .unreadable)
    }

    @Test func `is several where mailboxes are of different domains`() {
        #expect(domain("alice@example.com, bob@example.org") == .several)
        #expect(domain("alice@example.com <bob@example.org>, carol@example.com") == .several)
    }

    @Test func `counts the address in angle brackets, not the one in the name`() {
        #expect(domain("alice@example.com <mallory@evil.example>") == .one("evil.example"))
        #expect(domain("\"alice@example.com\" <mallory@evil.example>") == .one("evil.example"))
    }

    @Test func `is internationalized beyond ASCII`() {
        #expect(domain("post@bücher.example") == .internationalized)
    }

    @Test func `is bounded in length`() {
        let label = String(repeating: "a", count: 63)
        #expect(domain("x@\(label).example") == .one("\(label).example"))
        #expect(domain("x@a\(label).example") == .unreadable)
        #expect(domain("x@" + String(repeating: "a.", count: 50_000) + "example") == .unreadable)
    }
}
