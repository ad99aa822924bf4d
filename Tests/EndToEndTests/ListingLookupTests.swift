// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `A domain hosted at a listing provider` {
    private static let banned =
        "550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit "
        + "https://sender.office.com/ and follow the directions. For more information please go to "
        + "http://go.microsoft.com/fwlink/?LinkID=526655 (AS16012609)"

    private func send(_ lab: Lab, to recipient: String) async throws {
        let letter = "From: alice@lab.example\nTo: \(recipient)\nSubject: hello\n\nhello\n"
        let sent = try await lab.submit(letter, from: "alice@lab.example", to: [recipient], login: .alice)
        #expect(sent.isAccepted)
    }

    /// Waits until Postfix finds a route.
    private func route(_ lab: Lab, _ key: String) async throws {
        let deadline = ContinuousClock.now + .seconds(20)
        while try await lab.run(["/usr/sbin/postmap", "-q", key, Postern.routesTable]).text.isEmpty {
            guard ContinuousClock.now < deadline else {
                let log = lab.mailLog.entries().suffix(30).joined(separator: "\n")
                throw LabFailure.late("route of \(key)", within: .seconds(20), seen: log)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// A lab in which Microsoft 365 refuses our address, and two of its customers' domains have shown it.
    private func withListing(_ body: @escaping @Sendable (Lab, Postern) async throws -> Void) async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
            try await lab.addRecord("vanity.example. 60 IN MX 10 fabrikam-example.mail.protection.outlook.com.")
            // Its mail goes elsewhere; Microsoft's host is only for when that fails.
            try await lab.addRecord("backed.example. 60 IN MX 10 mx.other.example.")
            try await lab.addRecord("backed.example. 60 IN MX 20 fabrikam-example.mail.protection.outlook.com.")
            let postern = try await Postern.start(in: lab)
            try lab.mx.script("microsoft-365", .refusing(Self.banned, at: .mailFrom))
            try await send(lab, to: "bob@contoso.example")
            try await send(lab, to: "bob@fabrikam.example")
            try await route(lab, "contoso.example")
            try await body(lab, postern)
        }
    }

    @Test func `is kept after one look-up of its MX, though the provider never answered for it`() async throws {
        try await withListing { lab, _ in
            try await send(lab, to: "carol@vanity.example")
            try await route(lab, "vanity.example")
            try await send(lab, to: "dave@vanity.example")
            try await lab.log(
                contains: "to=<dave@vanity.example>, relay=none", "status=deferred (Microsoft", within: .seconds(45))
            // Postfix may have been quicker than we were with the first message, and only with that.
            let tried = lab.mailLog.entries { $0.contains("@vanity.example>, relay=fabrikam") }
            #expect(tried.count <= 1)
            #expect(lab.mailLog.entries { $0.contains("status=bounced") }.isEmpty)
        }
    }

    @Test func `is not kept where its mail goes to another host first`() async throws {
        try await withListing { lab, _ in
            try await send(lab, to: "carol@backed.example")
            try await lab.received(by: "other")
            // Known by a later look-up, so the earlier is over.
            try await send(lab, to: "carol@vanity.example")
            try await route(lab, "vanity.example")
            #expect(try await lab.run(["/usr/sbin/postmap", "-q", "backed.example", Postern.routesTable]).text.isEmpty)
        }
    }
}

@Suite struct `A listing behind which stands a list of Spamhaus` {
    private static let refusal =
        "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request removal from this list "
        + "see https://www.spamhaus.org/query/ip/192.0.2.1 (AS3130)."

    /// What the daemon says of the list, where the lab's DNS has these records besides.
    private func isTold(_ text: String, records: [String]) async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlistings = \"enforce\"")
            for record in records { try await lab.addRecord(record) }
            let postern = try await Postern.start(in: lab)
            try lab.mx.script("microsoft-consumer", .refusing(Self.refusal, at: .mailFrom))
            try await lab.submit(
                "Subject: hello\n\nhello\n", from: "alice@lab.example", to: ["bob@hotmail.com"], login: .alice)
            try await postern.program.says(within: .seconds(20)) { $0.contains(text) }
        }
    }

    @Test func `is asked of that list`() async throws {
        try await isTold(
            "zen.spamhaus.org holds 192.0.2.1",
            records: [
                "2.0.0.127.zen.spamhaus.org. 60 IN A 127.0.0.2", "1.2.0.192.zen.spamhaus.org. 60 IN A 127.0.0.3",
            ])
    }

    @Test func `is not taken for over where the list says that this resolver may not ask`() async throws {
        try await isTold(
            "whether 192.0.2.1 is still listed is not known",
            records: ["2.0.0.127.zen.spamhaus.org. 60 IN A 127.255.255.254"])
    }
}
