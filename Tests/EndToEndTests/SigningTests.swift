// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

private let message = """
    From: Alice <alice@lab.example>
    To: bob@gmail.com
    Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= from
     the castle
    Date: Mon, 1 Jan 2024 00:00:00 +0000
    Message-ID: <1@lab.example>

    A line with  two blanks and one behind \u{20}
    .a dot

    and the end.

    """

/// Hands mail to a content filter on this host, which hands it back.
private let scan = "scan/unix = scan unix - - n - 10 smtp -o disable_dns_lookups=yes -o smtp_bind_address=127.0.0.1"

/// A lab with Postern attached and running.
private func withPostern(
    _ configuration: Lab.Configuration = .init(), more: String = "",
    _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with(configuration) { lab in
        try await Postern.install(in: lab)
        if !more.isEmpty { try await Postern.configure(in: lab, more: more) }
        let postern = try await Postern.start(in: lab)
        try await body(lab, postern)
    }
}

@Suite(.serialized) struct `Mail that is ours` {
    @Test func `leaves signed with both keys, whichever way it was submitted`() async throws {
        try await withPostern { lab, postern in
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], client: Place.trustedClient)
            let local = try await lab.sendmail(as: "www-data", message)
            #expect(local.isSuccess, "\(local)")
            for mail in try await lab.received(by: "gmail", count: 3) {
                let signatures = try await Signatures(of: mail, in: lab, postern)
                #expect(signatures.areWhole, "\(signatures)\n\(mail.text)")
            }
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""signed":3"#), "\(status)")
        }
    }

    @Test func `is signed once, last, when a content filter hands it back`() async throws {
        let filter = Lab.Configuration(
            postconf: ["content_filter = scan:127.0.0.1:10025"],
            services: [
                scan,
                "127.0.0.1:10025/inet = 127.0.0.1:10025 inet n - n - - smtpd -o content_filter= "
                    + "-o cleanup_service_name=filtered",
                "filtered/unix = filtered unix n - n - 0 cleanup -o header_checks=regexp:/etc/postfix/filtered",
            ])
        try await withPostern(filter) { lab, postern in
            // A filter changes what was signed before: the first signature must not survive.
            try await lab.write("/^Subject: (.*)/ REPLACE Subject: [clean] $1\n", to: "/etc/postfix/filtered")
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            let mail = try #require(try await lab.received(by: "gmail").first)
            #expect(mail.text.contains("Subject: [clean]"))
            #expect(mail.signatureCount == 2)
            let signatures = try await Signatures(of: mail, in: lab, postern)
            #expect(signatures.areWhole, "\(signatures)\n\(mail.text)")
        }
    }
}

@Suite(.serialized) struct `Mail that is not to be signed` {
    @Test func `arrives unsigned, and the reason is counted`() async throws {
        try await withPostern { lab, postern in
            let foreign = message.replacing("alice@lab.example", with: "eve@other.example")
            let twoFrom = "From: eve@other.example\n" + message
            try await lab.submit(foreign, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            try await lab.submit(twoFrom, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            try await lab.submit(
                message, from: "eve@outsider.example", to: ["alice@lab.example"], client: Place.outsider)
            try await lab.log(contains: "to=<alice@lab.example>", "status=sent (delivered to mailbox)")
            for mail in try await lab.received(by: "gmail", count: 2) { #expect(mail.signatureCount == 0) }
            let mailbox = String(decoding: try await lab.read("/var/mail/alice"), as: UTF8.self)
            #expect(!mailbox.contains("DKIM-Signature"))
            let status = try await postern.command("status", "--json")
            for reason in ["foreign-domain", "several-from-fields", "not-submitted"] {
                #expect(status.text.contains(#""\#(reason)":1"#), "\(status)")
            }
            #expect(status.text.contains(#""signed":0"#))
        }
    }

    @Test func `is a stranger's under our name, also when a content filter hands it back from this host`() async throws
    {
        let filter = Lab.Configuration(
            postconf: ["content_filter = scan:127.0.0.1:10025"],
            services: [
                scan, "127.0.0.1:10025/inet = 127.0.0.1:10025 inet n - n - - smtpd -o content_filter=",
            ])
        try await withPostern(filter) { lab, postern in
            try await lab.submit(
                message, from: "eve@outsider.example", to: ["alice@lab.example"], client: Place.outsider)
            try await lab.log(contains: "to=<alice@lab.example>", "relay=local", "status=sent")
            let mailbox = String(decoding: try await lab.read("/var/mail/alice"), as: UTF8.self)
            #expect(!mailbox.contains("DKIM-Signature"))
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""reinjected-from-outside":1"#), "\(status)")
        }
    }

    @Test func `is only counted while signing observes`() async throws {
        try await withPostern(more: "[modes]\nsigning = \"observe\"") { lab, postern in
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            let mail = try #require(try await lab.received(by: "gmail").first)
            #expect(mail.signatureCount == 0)
            let status = try await postern.command("status", "--json")
            #expect(status.text.contains(#""mode":1"#), "\(status)")
        }
    }
}
