// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `A site's own wishes while a provider lists it` {
    @Test func `keeps mail of a named sender no longer than the site wants: it goes back with the reason`() async throws
    {
        let waits = "\n[[maximum-wait]]\nmail = \"otp@lab.example\"\nafter = \"10s\"\n"
        try await withListings("[modes]\nlistings = \"enforce\"\n[listings]\nqueue-interval = \"1s\"" + waits) {
            lab, _ in
            _ = try await Postern.startQueueHelper(in: lab)
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            let code = try await lab.submit(
                "From: alice@lab.example\nTo: eve@hotmail.com\nSubject: your code\n\n4711\n", from: "otp@lab.example",
                to: ["eve@hotmail.com"], login: .alice)
            #expect(code.isAccepted)
            try await lab.log(contains: "eve@hotmail.com", "kept and will be retried")
            let id = try #require(code.queueID)
            try await lab.log(
                contains: "\(id): from=<otp@lab.example>, status=force-expired, returned to sender",
                within: .seconds(120))
            try await lab.log(contains: "\(id): removed")
            let waiting = try await lab.postqueue()
            #expect(waiting.contains { $0.contains("bob@hotmail.com") })
            #expect(!waiting.contains { $0.contains("eve@hotmail.com") })
            #expect(lab.mx.attempts.entries { $0.stage == .rcptTo }.count == 1)
        }
    }

    @Test func `can send its mail another way, as much of it as the site wants a day`() async throws {
        let way = """
            [modes]
            listings = "enforce"
            [[provider]]
            name = "microsoft-consumer"
            while-listed = "relay:[gmail-smtp-in.l.google.com]:25"
            relay-daily = 2

            """
        try await withListings(way) { lab, _ in
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("outlook.com", isThere: true)
            for number in 1...2 {
                _ = try await lab.send(number, to: "bob\(number)@outlook.com")
                try await lab.received(by: "gmail", count: number)
            }
            try await lab.route("live.com", isThere: true)
            let deadline = ContinuousClock.now + .seconds(20)
            var asked = ""
            while !asked.hasPrefix("retry:"), ContinuousClock.now < deadline {
                asked = try await lab.run(["/usr/sbin/postmap", "-q", "live.com", Postern.routesTable]).text
            }
            _ = try await lab.send(3, to: "bob3@live.com")
            try await lab.log(contains: "bob3@live.com", "kept and will be retried")
            let taken = try await lab.received(by: "gmail", count: 2)
            #expect(taken.count == 2)
            #expect(
                lab.mx.attempts.entries { $0.stage == .rcptTo && $0.host.provider == "microsoft-consumer" }.count == 1)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `touches no domain that the site has its own way for, and none of its own`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
            for domain in ["virtual.example", "branch.example"] {
                try await lab.addRecord("\(domain). 60 IN MX 0 hotmail-com.olc.protection.outlook.com.")
            }
            // The site's own table stands behind ours, as setup wires it; hotmail.com goes the site's way before we look.
            try await lab.postconf([
                "virtual_alias_domains = virtual.example",
                "virtual_alias_maps = inline:{ info@virtual.example=root@lab.example }",
                "site_transport_maps = inline:{ branch.example=smtp:[gmail-smtp-in.l.google.com] }",
            ])
            _ = try await Postern.start(in: lab)
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "bob@hotmail.com")
            try await lab.route("hotmail.com", isThere: true)
            _ = try await lab.send(1, to: "info@virtual.example")
            try await lab.log(contains: "orig_to=<info@virtual.example>", "status=sent")
            _ = try await lab.send(2, to: "desk@branch.example")
            try await lab.received(by: "gmail")
            try await lab.route("virtual.example", isThere: false)
            try await lab.route("branch.example", isThere: false)
        }
    }

    @Test func `keeps a domain that no table knows after one reply, and never one that this host relays for`()
        async throws
    {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
            for domain in ["vanity.example", "customer.example"] {
                try await lab.addRecord("\(domain). 60 IN MX 0 hotmail-com.olc.protection.outlook.com.")
            }
            try await lab.postconf(["relay_domains = customer.example"])
            _ = try await Postern.start(in: lab)
            let isOthers: @Sendable (String) -> Bool = { !$0.hasSuffix("@customer.example") }
            try lab.mx.script("microsoft-consumer", [MXRule(at: .rcptTo, .reply(microsoftBlock), for: isOthers)])
            _ = try await lab.send(0, to: "info@vanity.example")
            try await lab.route("vanity.example", isThere: true)
            let letter = "From: eve@gmail.com\nTo: shop@customer.example\nSubject: order\n\nhello\n"
            for _ in 0..<2 {
                let sent = try await lab.submit(
                    letter, from: "eve@gmail.com", to: ["shop@customer.example"], client: Place.outsider)
                #expect(sent.isAccepted)
            }
            try await lab.received(by: "microsoft-consumer", count: 2)
            try await lab.route("customer.example", isThere: false)
        }
    }

    @Test func `ends for a domain that this host begins to relay for`() async throws {
        try await withListings("[modes]\nlistings = \"enforce\"") { lab, _ in
            try await lab.addRecord("customer.example. 60 IN MX 0 hotmail-com.olc.protection.outlook.com.")
            try lab.mx.script("microsoft-consumer", .refusing(microsoftBlock, at: .rcptTo))
            _ = try await lab.send(0, to: "info@customer.example")
            try await lab.route("customer.example", isThere: true)
            try await lab.postconf(["relay_domains = customer.example"])
            try await lab.route("customer.example", isThere: false)
        }
    }
}
