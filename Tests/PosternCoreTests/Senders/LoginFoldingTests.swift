// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

@Suite struct `Logins` {
    @Test(arguments: [
        ("Alice@Example.COM", "alice@example.com"), ("alice@example.com.", "alice@example.com"),
        (" alice@example.com\t", "alice@example.com"), ("\"alice\"@example.com", "alice@example.com"),
        ("\"al\\ice\"@example.com", "alice@example.com"), ("ALICE", "alice"), ("  ", ""),
    ])
    func `are one account in every spelling that authenticators take for it`(written: String, folded: String) {
        #expect(LoginFolding().fold(written) == folded)
    }

    @Test(arguments: [
        ("alice@example.com", "alice@example.org"), ("alice+x@example.com", "alice@example.com"),
        ("info+example.com", "info+example.org"), ("a.lice@example.com", "alice@example.com"),
        ("\"al ice\"@example.com", "alice@example.com"), ("alice.", "alice"), ("álice", "alice"), ("strasse", "straße"),
        ("\u{430}lice", "alice"),
    ])
    func `stay two accounts where an authenticator may tell them apart`(one: String, other: String) {
        #expect(LoginFolding().fold(one) != LoginFolding().fold(other))
    }

    @Test func `are one in the composed and the decomposed form of Unicode, to the byte`() {
        let composed = LoginFolding().fold("Jos\u{E9}@example.com")
        let decomposed = LoginFolding().fold("JOSE\u{301}@EXAMPLE.COM")
        #expect(Array(composed.utf8) == Array(decomposed.utf8))
    }

    @Test func `keep their case where the site's authenticator does`() {
        #expect(LoginFolding(foldsCase: false).fold("Alice") == "Alice")
    }

    @Test func `lose their tags where the site's authenticator ignores them, but only before a domain`() {
        let folding = LoginFolding(tagDelimiters: ["+", "-"])
        #expect(folding.fold("alice+shop@example.com") == "alice@example.com")
        #expect(folding.fold("alice-a+b@example.com") == "alice@example.com")
        #expect(folding.fold("+alice@example.com") == "+alice@example.com")
        #expect(folding.fold("info+example.com") == "info+example.com")
    }

    @Test func `without a realm are those of the default realm`() {
        let folding = LoginFolding(defaultRealm: "Example.com")
        #expect(folding.fold("Alice") == folding.fold("alice@example.com"))
        #expect(folding.fold("alice@example.org") == "alice@example.org")
    }

    @Test func `lose a tag without their realm as with it`() {
        let folding = LoginFolding(tagDelimiters: ["+"], defaultRealm: "example.com")
        #expect(folding.fold("alice+news") == "alice@example.com")
        #expect(folding.fold("alice+news") == folding.fold("alice+news@example.com"))
    }

    @Test func `lose the quotes before a tag`() {
        let folding = LoginFolding(tagDelimiters: ["+"])
        #expect(folding.fold("\"alice\"+news@example.com") == "alice@example.com")
        #expect(folding.fold("\"alice+news\"@example.com") == "alice@example.com")
    }

    @Test func `keep their one realm where a mark joins the sign before it`() {
        // U+0600 makes one Character with what follows it, so that no Character is "@" here.
        let folding = LoginFolding(defaultRealm: "example.com")
        #expect(folding.fold("a\u{600}") == "a\u{600}@example.com")
        #expect(folding.fold("a\u{600}@example.com") == "a\u{600}@example.com")
        #expect(folding.fold("a\u{600}@Example.COM.") == "a\u{600}@example.com")
    }

    @Test func `are folded to what folds to itself`() {
        var random = SplitMix64(seed: 3)
        let pieces = ["a", "B", "\"", "\\", "@", ".", "+", " ", "É", "e\u{301}", "İ", "ß", "%", "\t"]
        for _ in 0..<5000 {
            let login = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }
            let once = LoginFolding().fold(login.joined())
            #expect(LoginFolding().fold(once) == once, "\(login)")
        }
    }
}
