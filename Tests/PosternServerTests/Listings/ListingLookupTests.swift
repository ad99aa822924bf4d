// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import PosternServer

private let microsoft = ListingKey(Provider("microsoft-consumer"))
/// Microsoft's refusal of an address that Spamhaus lists.
private let spamhaus =
    "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request removal from this list "
    + "see https://www.spamhaus.org/query/ip/192.0.2.1 (AS3130)."

extension ListingWorld {
    /// The list behind Microsoft's listing was asked.
    fileprivate mutating func lists(_ isListed: Bool) {
        _ = book.blocklistAnswered(isListed: isListed, for: microsoft, at: now)
    }
}

@Suite struct `What the DNS tells of a listing` {
    @Test func `is wanted for domains that nobody knows, while a pause is enforced`() throws {
        var world = try ListingWorld(protected: ProtectedDomains(["ours.example"]))
        #expect(!world.book.wantsDomains)
        try world.answer(ListingWorld.block)
        #expect(world.book.wantsDomains)
        #expect(world.book.isUnknown("vanity.example"))
        #expect(!world.book.isUnknown("hotmail.com"))
        #expect(!world.book.isUnknown("ours.example"))
        var watching = try ListingWorld(enforcing: false)
        try watching.answer(ListingWorld.block)
        #expect(!watching.book.wantsDomains)
    }

    @Test func `gives a domain of the provider's a route at once`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        world.book.learn("vanity.example", of: microsoft.provider, by: .mx, at: world.now)
        world.book.learn("other.example", of: Provider("gmail"), by: .mx, at: world.now)
        world.pass(.seconds(1))
        #expect(world.route("vanity.example") == world.route("hotmail.com"))
        #expect(world.route("other.example") == nil)
        #expect(!world.book.isUnknown("vanity.example"))
    }

    @Test func `is asked of the list that stands behind a refusal, and of none where the provider has its own`() throws
    {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        #expect(world.book.blocklistQuestions.isEmpty)
        var other = try ListingWorld()
        #expect(other.book.blocklistQuestions.isEmpty)
        try other.answer(spamhaus)
        #expect(other.book.blocklistQuestions.map(\.key) == [microsoft])
        #expect(other.book.blocklistQuestions.map(\.address) == [.v4(0xC000_0201)])
    }

    @Test func `holds the probe back as long as the list names us, and has it sent when it does no more`() throws {
        var world = try ListingWorld()
        try world.answer(spamhaus)
        world.queue = [try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now)]
        world.lists(true)
        #expect(world.pass(.hours(3), step: .seconds(10)).delivered.isEmpty)
        world.lists(false)
        #expect(world.pass(.seconds(30)).delivered == ["4F00000001"])
    }
}
