// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

@testable import PosternServer

@Suite struct `A provider that lists us` {
    @Test func `has all its domains kept at its first refusal, and nobody else's`() throws {
        var world = try ListingWorld()
        let tasks = try world.answer(ListingWorld.block)
        #expect(
            world.route("hotmail.com")
                == "retry:4.7.0 Microsoft lists 192.0.2.1 (S3150); mail is kept and will be retried")
        #expect(world.route("outlook.com") != nil)
        #expect(world.route("gmail.com") == nil)
        #expect(tasks.reloads)
    }

    @Test func `has a domain kept that no table knows, once a host of its own answered for it`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block, to: "info@vanity.example")
        #expect(world.route("vanity.example") != nil)
    }

    @Test func `has no route where the domain is the site's own`() throws {
        var world = try ListingWorld(protected: ProtectedDomains(["vanity.example"]))
        try world.answer(ListingWorld.block, to: "info@vanity.example")
        #expect(world.route("vanity.example") == nil)
        #expect(world.route("hotmail.com") != nil)
    }

    @Test func `is only told of where listings are not enforced`() throws {
        var world = try ListingWorld(enforcing: false)
        let tasks = try world.answer(ListingWorld.block)
        #expect(world.route("hotmail.com") == nil)
        #expect(!tasks.reloads)
        #expect(world.book.isPaused(Provider("microsoft-consumer")))
    }

    @Test func `gets one message through its own way when the probe is due`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        world.queue = [
            try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now),
            try .waiting("4F00000002", to: "dan@gmail.com", since: world.now - .minutes(1)),
        ]
        #expect(world.pass(.minutes(3)).delivered.isEmpty)
        #expect(world.pass(.minutes(4)).delivered == ["4F00000001"])
        #expect(world.route("eve@hotmail.com") == "postern-probe:")
        #expect(world.route("hotmail.com")?.hasPrefix("retry:") == true)
    }

    @Test func `has its probe withdrawn and waits for longer when that is refused`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        world.queue = [try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now)]
        #expect(world.pass(.minutes(7)).delivered.count == 1)
        try world.answer(
            ListingWorld.block, to: "eve@hotmail.com", id: "4F00000001", tag: "postfix/postern-probe/smtp")
        #expect(world.route("eve@hotmail.com") == nil)
        #expect(world.pass(.minutes(20)).delivered.isEmpty)
        #expect(world.pass(.minutes(20)).delivered.count == 1)
    }

    @Test func `is probed with the next message where nothing waits`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        world.pass(.minutes(30))
        try world.wait("eve@hotmail.com", id: "4F00000003")
        world.queue = [try .waiting("4F00000003", to: "eve@hotmail.com", since: world.now)]
        // qmgr(8) remembers for half a minute where it has just put the message.
        #expect(world.pass(.seconds(25)).delivered.isEmpty)
        #expect(world.pass(.seconds(30)).delivered == ["4F00000003"])
    }

    @Test func `is reopened by hand a few messages a minute, each by its own address`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        world.queue = [
            try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now),
            try .waiting("4F00000002", to: "fay@hotmail.com", "gus@hotmail.com", since: world.now + .seconds(1)),
            try .waiting("4F00000003", to: "hal@hotmail.com", since: world.now + .seconds(2)),
        ]
        world.pass(.minutes(1))
        world.order(.resume)
        #expect(world.pass(.seconds(20)).delivered == ["4F00000001", "4F00000002"])
        #expect(world.route("gus@hotmail.com") == ":")
        #expect(world.route("hal@hotmail.com") == nil)
        try world.answer("250 2.6.0 queued", to: "eve@hotmail.com", id: "4F00000001")
        #expect(world.route("eve@hotmail.com") == nil)
        #expect(world.route("gus@hotmail.com") == ":")
    }

    @Test func `is closed at the first refusal while it is reopened`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        world.queue = [
            try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now),
            try .waiting("4F00000002", to: "fay@hotmail.com", since: world.now),
        ]
        world.pass(.minutes(3))
        world.order(.resume)
        #expect(world.pass(.seconds(15)).delivered.count == 2)
        world.queue = []
        try world.answer(ListingWorld.block, to: "eve@hotmail.com", id: "4F00000001")
        #expect(world.route("fay@hotmail.com") == nil)
        #expect(world.route("hotmail.com") != nil)
        #expect(world.pass(.minutes(10)).delivered.isEmpty)
    }

    @Test func `has what is left tried at once when it flows again`() throws {
        var world = try ListingWorld()
        world.order(.pause(until: nil))
        #expect(world.route("hotmail.com") != nil)
        world.queue = [try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now)]
        world.pass(.minutes(2))
        world.order(.resume)
        #expect(world.route("hotmail.com") == nil)
        #expect(world.pass(.seconds(15)).delivered == ["4F00000001"])
    }

    @Test func `goes another way within its daily number where the site says so`() throws {
        var settings = ProviderSettings(Provider("microsoft-consumer"))
        settings.whileListed = .divert(.relay(transport: "smtp", host: "relay.example", port: 587))
        settings.relayDaily = 1
        var world = try ListingWorld(providers: [settings])
        try world.answer(ListingWorld.block)
        #expect(world.route("hotmail.com") == "smtp:[relay.example]:587")
        try world.answer("250 ok", to: "eve@hotmail.com", id: "4F00000009", host: "relay.example[198.51.100.7]")
        #expect(world.route("hotmail.com")?.hasPrefix("retry:") == true)
        world.pass(.hours(13), step: .minutes(1))
        #expect(world.route("hotmail.com") == "smtp:[relay.example]:587")
    }

    @Test func `is known again after a restart, with its routes`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        try world.wait("eve@hotmail.com", id: "4F00000003")
        var next = try ListingWorld(restoring: world.book.state)
        #expect(next.route("hotmail.com") == nil)
        next.begin()
        #expect(next.route("hotmail.com") == world.route("hotmail.com"))
        #expect(next.book.told.values.first?.attemptsSaved == 1)
    }

    @Test func `has nothing kept where a relay host carries the mail, and all of it again once none does`() throws {
        var world = try ListingWorld()
        #expect(world.meet("relayhost is [mail.example]").isEmpty)
        #expect(try !world.answer(ListingWorld.block).reloads)
        #expect(world.route("hotmail.com") == nil)
        world.meet(nil)
        #expect(world.route("hotmail.com") != nil)
    }

    @Test func `is told of again when it names another code`() throws {
        var world = try ListingWorld()
        try world.answer(ListingWorld.block)
        let other = ListingWorld.block.replacing("S3150", with: "S3140")
        #expect(try world.answer(ListingWorld.block, id: "4F00000001").alerts.isEmpty)
        let alerts = try world.answer(other, id: "4F00000002").alerts
        #expect(alerts.map(\.kind) == [.listingCodeChanged])
        #expect(alerts.first?.facts.contains(AlertFact(.formerCode, .text("S3150"))) == true)
    }

    @Test func `is not taken for without mail where the queue cannot be read`() throws {
        var world = try ListingWorld()
        world.queueFails = true
        try world.answer(ListingWorld.block)
        world.pass(.minutes(6))
        world.queueFails = false
        world.queue = [try .waiting("4F00000001", to: "eve@hotmail.com", since: world.now)]
        #expect(world.pass(.minutes(10)).delivered == ["4F00000001"])
    }

    @Test func `goes no other way any more once the site does not want it`() throws {
        var settings = ProviderSettings(Provider("microsoft-consumer"))
        settings.whileListed = .divert(.transport("backup"))
        var world = try ListingWorld(providers: [settings])
        try world.answer(ListingWorld.block)
        #expect(world.route("hotmail.com") == "backup:")
        world.adopt(ListingsSettings())
        #expect(world.route("hotmail.com")?.hasPrefix("retry:") == true)
    }
}
