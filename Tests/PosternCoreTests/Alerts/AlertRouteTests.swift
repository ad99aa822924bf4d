// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

private let gmail = Provider("gmail")

private func route(_ addresses: [AlertAddress], fallback: [AlertAddress] = [], paused: Set<Provider> = [gmail])
    -> AlertRoute
{
    AlertRoute(addresses: addresses, fallback: fallback) { paused.contains($0) }
}

@Suite struct `The way of an alert` {
    private let root = AlertAddress("root", ends: [.init("admin@gmail.com", provider: gmail)])
    private let team = AlertAddress("team", ends: [.init("admin@gmail.com", provider: gmail), .init("alice")])
    private let ops = AlertAddress("ops@example.net", ends: [.init("ops@example.net")])

    @Test func `leads straight to the ends while nothing stands in the way`() {
        #expect(route([root, team], paused: []).recipients == ["admin@gmail.com", "alice"])
    }

    @Test func `is the name itself where its ends are not all known, or cannot be addressed`() {
        var doubtful = root
        doubtful.doubts = ["/home/root/.forward cannot be read"]
        let piped = AlertAddress("pager", ends: [.init("|/usr/bin/pager", isAddressable: false)])
        #expect(route([doubtful, piped], paused: []).recipients == ["root", "pager"])
    }

    @Test func `leaves out an address at a provider that takes no mail, though a local name leads there`() {
        let chosen = route([root, ops])
        #expect(chosen.recipients == ["ops@example.net"])
        #expect(chosen.skipped.map(\.address) == ["admin@gmail.com"])
        #expect(!chosen.isFallback)
    }

    @Test func `still reaches the others behind the same name`() {
        #expect(route([team]).recipients == ["alice"])
    }

    @Test func `is the fallback only where nobody else can be reached`() {
        #expect(route([root], fallback: [ops]).recipients == ["ops@example.net"])
        #expect(route([root], fallback: [ops]).isFallback)
        #expect(route([root, team], fallback: [ops]).recipients == ["alice"])
    }

    @Test func `is nobody where the fallback cannot be reached either`() {
        #expect(route([root], fallback: [team.paused()]).recipients.isEmpty)
    }

    @Test func `never goes through a name of which one end is blocked to reach one that cannot be addressed`() {
        let piped = AlertAddress(
            "root",
            ends: [.init("|/usr/bin/pager", isAddressable: false), .init("admin@gmail.com", provider: gmail)])
        #expect(route([piped]).recipients.isEmpty)
    }

    @Test func `names nobody twice`() {
        #expect(route([ops, ops]).recipients == ["ops@example.net"])
    }
}

extension AlertAddress {
    /// The same with all ends at a provider that takes no mail.
    fileprivate func paused() -> AlertAddress {
        AlertAddress(name, ends: ends.map { .init($0.address, provider: gmail) })
    }
}
