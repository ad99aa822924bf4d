// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import PosternServer

@Suite struct `The members of an alias` {
    @Test(arguments: [
        ("admin@gmail.com\n", ["admin@gmail.com"]),
        ("alice, bob@example.net", ["alice", "bob@example.net"]),
        ("alice bob", ["alice", "bob"]),
        (#""|/usr/bin/vacation -a x", alice"#, ["|/usr/bin/vacation -a x", "alice"]),
        (":include:/etc/list, /var/mail/archive", [":include:/etc/list", "/var/mail/archive"]),
        (#""a \"b\", c"@example.net"#, [#"a "b", c@example.net"#]),
        ("", []), (" , ,", []),
    ]) func `are read as Postfix does`(text: String, members: [String]) {
        #expect(AliasText.members(of: text) == members)
    }

    @Test func `that are programs, files or lists are no addresses`() {
        #expect(["|x", "/var/x", ":include:/x"].allSatisfy(AliasText.isDestination))
        #expect(!AliasText.isDestination("alice"))
    }
}
