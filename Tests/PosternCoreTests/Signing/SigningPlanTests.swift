// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private let plan = SigningPlan(domains: [
    .init(name: "example.com"),
    .init(name: "example.org", coversSubdomains: true),
    .init(
        name: "strict.example",
        logins: ["*@strict.example", "boss"].compactMap(LoginPattern.init)),
])

private func decision(
    isSubmitted: Bool = true, login: String? = nil, fields: Int = 1, author: AuthorDomain
) -> SigningDecision {
    plan.decide(.init(isSubmitted: isSubmitted, login: login, authorFields: fields, author: author))
}

@Suite struct `A signing plan` {
    @Test func `signs what was submitted for a domain of ours`() {
        #expect(decision(author: .one("example.com")) == .sign(domain: "example.com"))
    }

    @Test func `leaves what came from outside`() {
        #expect(decision(isSubmitted: false, author: .one("example.com")) == .leave(.notSubmitted))
    }

    @Test func `leaves a foreign domain, also one that only ends like ours`() {
        #expect(decision(author: .one("example.net")) == .leave(.foreignDomain))
        #expect(decision(author: .one("notexample.org")) == .leave(.foreignDomain))
    }

    @Test func `covers subdomains only where the site says so`() {
        #expect(decision(author: .one("a.b.example.org")) == .sign(domain: "example.org"))
        #expect(decision(author: .one("a.example.com")) == .leave(.foreignDomain))
    }

    @Test func `leaves a header without From, or with two, whatever they say`() {
        #expect(decision(fields: 0, author: .unreadable) == .leave(.noAuthor))
        #expect(decision(fields: 2, author: .one("example.com")) == .leave(.severalAuthorFields))
    }

    @Test func `leaves a From that is not plainly one domain, each with its reason`() {
        #expect(decision(author: .several) == .leave(.severalAuthorDomains))
        #expect(decision(author: .internationalized) == .leave(.internationalizedDomain))
        #expect(decision(author: .unreadable) == .leave(.unreadableAuthor))
    }

    @Test func `lets only the named logins write as a domain that names them`() {
        let author = AuthorDomain.one("strict.example")
        #expect(decision(login: "alice@strict.example", author: author) == .sign(domain: "strict.example"))
        #expect(decision(login: "boss", author: author) == .sign(domain: "strict.example"))
        #expect(decision(login: "mallory@example.com", author: author) == .leave(.loginNotAllowed))
    }

    @Test func `does not ask local mail for a login`() {
        #expect(decision(author: .one("strict.example")) == .sign(domain: "strict.example"))
    }
}

@Suite struct `A login pattern` {
    @Test func `stands for itself without a star`() {
        #expect(LoginPattern("bob")?.matches("bob") == true)
        #expect(LoginPattern("bob")?.matches("bobby") == false)
    }

    @Test func `needs prefix and suffix apart from each other`() {
        #expect(LoginPattern("ab*ba")?.matches("abba") == true)
        #expect(LoginPattern("ab*ba")?.matches("aba") == false)
    }

    @Test func `has at most one star`() {
        #expect(LoginPattern("a*b*c") == nil)
    }
}
