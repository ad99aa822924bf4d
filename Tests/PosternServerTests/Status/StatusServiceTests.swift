// SPDX-License-Identifier: Apache-2.0
import Exposition
import Foundation
import Ledger
import PosternCore
import StatusModel
import Testing

@testable import PosternServer

@Suite(.serialized) struct `The status service` {
    @Test func `answers what its index names, each of it as JSON`() async throws {
        try await StatusWorld.with { world in
            let index = try await world.client.get("/v1", as: [String: [String]].self)
            let paths = try #require(index["resources"])
            #expect(paths.count > 12)
            // A message that nobody knows is not found.
            let lists = paths.filter { $0.hasPrefix("GET ") && !$0.hasSuffix("stream") && !$0.contains("queueID") }
            for path in lists where path != "GET /v1" {
                let target = path.dropFirst(4).replacing(/[:{]provider}?/, with: "yahoo")
                let bytes = try await world.client.get(String(target))
                #expect(bytes.first == UInt8(ascii: "{"), "\(target)")
            }
        }
    }

    @Test func `tells deliveries by provider, refusals and the state of listings`() async throws {
        try await StatusWorld.with { world in
            let day = try await world.client.get("/v1/deliveries?range=24h", as: DeliveryHistory.self)
            #expect(day.providers.first { $0.provider == "gmail" }?.totalSent == 50)
            #expect(day.providers.first { $0.provider == "yahoo" }?.totalDeferred == 50)
            let month = try await world.client.get("/v1/deliveries?range=30d", as: DeliveryHistory.self)
            #expect(month.providers.first { $0.provider == "gmail" }?.totalSent == 50)
            let refusals = try await world.client.get("/v1/rejections?code=tss04", as: RejectionsReport.self)
            #expect(refusals.rejections.first?.count == 50)
            let listings = try await world.client.get("/v1/listings", as: ListingsReport.self)
            #expect(listings.listings.first?.state == "listed")
            #expect(listings.listings.first?.waiting?.messages == 3)
            let details = try await world.client.get("/v1/listings/yahoo", as: ListingDetails.self)
            #expect(details.evidence.first?.token == "TSS04")
        }
    }

    @Test(arguments: [
        ("/v1/nothing", 404, "nothing stands there"), ("/v1/rejections?sinse=2h", 400, "unknown parameter: sinse"),
        ("/v1/rejections?since=2", 400, "since is a duration"), ("/v1/rejections?limit=0", 400, "limit is a number"),
        ("/v1/rejections?class=odd", 400, "class is one of"), ("/v1/deliveries?range=1y", 400, "range is one of"),
        ("/v1/rejections?limit=1&limit=2", 400, "limit stands twice"), ("/v1/listings/nobody", 404, "no provider"),
    ])
    func `refuses in words what it cannot answer`(path: String, status: Int, words: String) async throws {
        try await StatusWorld.with { world in
            await #expect {
                try await world.client.get(path)
            } throws: { error in
                guard case StatusClient.Failure.refused(status, let body) = error else { return false }
                let problem = try? JSONDecoder().decode(Problem.self, from: Data(body.utf8))
                return problem?.error.hasPrefix(words) == true
            }
        }
    }

    @Test func `has its mode from the first moment under its name, and leaves no name behind`() async throws {
        var path = ""
        try await StatusWorld.with { world in
            path = world.socket
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o660)
            #expect(!FileManager.default.fileExists(atPath: path + ".new"))
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test func `does what root orders, and keeps who ordered it`() async throws {
        try await StatusWorld.with { world in
            let done = try await world.client.order("/v1/listings/yahoo/pause", Array(#"{"for": "2h"}"#.utf8))
            #expect(done == ActionReport(applied: true, message: "pause yahoo"))
            world.ledger.flush()
            let events = try await world.client.get("/v1/events", as: EventsReport.self).events
            let event = try #require(events.first { $0.kind == "manual" })
            #expect(event.who == "root")
            #expect(event.detail.contains(#""action":"pause","applied":true"#))
            #expect(event.detail.contains(#""uid":0"#))
        }
    }

    @Test func `says which part does not run where none can do what is ordered`() async throws {
        try await StatusWorld.with { world in
            await #expect(throws: StatusClient.Failure.self) {
                try await world.client.order("/v1/held/free", Array(#"{"sender": "login:x"}"#.utf8))
            }
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/promtool")))
    func `has metrics that Prometheus takes`() async throws {
        try await StatusWorld.with { world in
            world.board.mail.latencies.sign.observe(microseconds: 300)
            let metrics = try await world.client.get("/metrics")
            let finding = try Tool.run("/usr/bin/promtool", "check", "metrics", input: metrics)
            #expect(finding.status == 0, "\(finding.text)")
            let text = String(decoding: metrics, as: UTF8.self)
            #expect(text.contains(#"postern_listing_state{provider="yahoo",family="v4",state="listed"} 1"#))
            #expect(text.contains("postern_sign_seconds_count 1"))
            #expect(!text.contains("example.org"))
        }
    }

    @Test func `tells who listens of what happens`() async throws {
        try await StatusWorld.with { world in
            let news = try #require(world.board.events.listen())
            world.ledger.record(.event(LedgerEvent(time: StatusWorld.now, kind: .listingOpened)))
            var kinds: [String] = []
            for await item in news {
                guard case .event(let event) = item else { continue }
                kinds.append(event.kind)
                break
            }
            #expect(kinds == ["listing-opened"])
        }
    }

    @Test(.enabled(if: getuid() == 0)) func `is closed to other users of the host`() async throws {
        try await StatusWorld.with { world in
            let answer = try Tool.run(
                "/usr/sbin/runuser", "-u", "nobody", "--", "/usr/bin/curl", "-s", "--unix-socket", world.socket,
                "http://postern/v1/status")
            #expect(answer.status != 0)
            #expect(answer.text.isEmpty)
        }
    }

    @Test func `shows its page under a policy that runs nothing from elsewhere`() async throws {
        try await StatusWorld.with { world in
            let answer = try Tool.run(
                "/usr/bin/curl", "-si", "--unix-socket", world.socket, "http://localhost/?range=7d")
            #expect(answer.text.contains("200 OK"))
            #expect(answer.text.contains("Content-Security-Policy: default-src 'none'"))
            #expect(answer.text.contains("<h1>Mail for yahoo waits</h1>"))
            #expect(answer.text.contains("421 [TSS04] &lt;script&gt;"))
        }
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: LivePage.browser)))
    func `shows on an open page what changes, without loading it anew`() async throws {
        let port = try FreePort.next()
        let profile = try ScratchDirectory()
        try await StatusWorld.with(more: "listen = \"127.0.0.1:\(port)\"") { world in
            let page = try LivePage("http://127.0.0.1:\(port)/", profile: profile.path)
            defer { page.close() }
            #expect(try page.heading(containing: "yahoo") == "same window Mail for yahoo waits\n")
            var memory = ListingMemory()
            memory.state = .listed(
                since: StatusWorld.now, probeAt: StatusWorld.now + .minutes(5), latest: StatusWorld.now + .hours(1))
            var news = try #require(world.board.listings.value)
            news.snapshot.entries.append(.init(key: ListingKey(Provider("gmail")), memory: memory))
            world.board.listings.publish(news)
            #expect(try page.heading(containing: "2 providers") == "same window Mail for 2 providers waits\n")
        }
    }

    @Test func `takes no order from a web page, and answers no strange host`() async throws {
        try await StatusWorld.with { world in
            let order = try Tool.run(
                "/usr/bin/curl", "-s", "--unix-socket", world.socket, "-X", "POST", "-H", "Origin: http://evil.example",
                "http://localhost/v1/listings/yahoo/pause")
            #expect(order.text.contains("a web page may not give orders"))
            let strange = try Tool.run(
                "/usr/bin/curl", "-s", "--unix-socket", world.socket, "http://evil.example/v1/status")
            #expect(strange.text.contains("this is not that host"))
        }
    }
}
