// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternLab
import Testing

let microsoftBlock =
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
    + "since part of their network is on our block list (S3150)."
let microsoftThrottle =
    "451 4.7.650 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. For e-mail "
    + "delivery information, see https://postmaster.live.com (S775)"

/// Probes after seconds instead of minutes.
let quickListings = """
    [modes]
    listings = "enforce"
    [listings]
    queue-interval = "1s"
    step = "2s"
    accept-spacing = "1s"
    usual-rate = 120
    reopening-rate = 120
    [[provider]]
    name = "microsoft-consumer"
    probe-after = ["2s"]

    """

/// A lab with Postern attached, listings enforced.
func withListings(
    _ configuration: String = quickListings, _ body: @escaping (Lab, Postern) async throws -> Void
) async throws {
    try await Lab.with { lab in
        try await Postern.install(in: lab)
        try await Postern.configure(in: lab, more: configuration)
        let postern = try await Postern.start(in: lab)
        try await body(lab, postern)
    }
}

extension Lab {
    /// Submits one message with a Message-ID of its own, which is returned.
    func send(_ number: Int, to recipient: String) async throws -> String {
        let id = "<n\(number)@lab.example>"
        let letter = "From: alice@lab.example\nTo: \(recipient)\nMessage-ID: \(id)\nSubject: \(number)\n\nhello\n"
        let sent = try await submit(letter, from: "alice@lab.example", to: [recipient], login: .alice)
        #expect(sent.isAccepted)
        return id
    }

    private struct Details: Decodable {
        struct Step: Decodable {
            var from: String?
            var to: String
        }
        var history: [Step]
    }

    private struct Replayed: Decodable {
        struct Step: Decodable {
            var from: String?
            var to: String?
            var why: String
        }
        var steps: [Step]
    }

    /// The steps of a provider's listing as the ledger has them.
    func story(of provider: String) async throws -> [String] {
        let text = try await run([
            "/usr/bin/curl", "-s", "--unix-socket", "/run/postern/status.sock",
            "http://postern/v1/listings/\(provider)",
        ]).text
        return try JSONDecoder().decode(Details.self, from: Data(text.utf8)).history.reversed().map {
            "\($0.from ?? "probe") \($0.to)"
        }
    }

    /// The same, once it has come so far.
    func story(of provider: String, until step: String) async throws -> [String] {
        let deadline = ContinuousClock.now + .seconds(30)
        while true {
            let story = try await story(of: provider)
            if story.last == step { return story }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("such a story", within: .seconds(30), seen: story.joined(separator: "\n"))
            }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// The same, told from the mail log alone.
    func replayedStory() async throws -> [String] {
        let text = try await run([
            try Executables.path(of: "postern"), "replay", "--json", "--config", "/etc/postern/postern.toml",
            "/var/log/mail.log",
        ]).text
        return try JSONDecoder().decode(Replayed.self, from: Data(text.utf8)).steps.map {
            "\($0.from ?? "probe") \($0.to ?? $0.why)"
        }
    }

    /// Waits until Postfix finds a route, or finds none any more.
    func route(_ key: String, isThere: Bool, within limit: Duration = .seconds(60)) async throws {
        let deadline = ContinuousClock.now + limit
        while true {
            let found = try await run(["/usr/sbin/postmap", "-q", key, Postern.routesTable])
            if found.text.isEmpty != isThere { return }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("route of \(key)", within: limit, seen: found.text)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }
}
