// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// Somebody sends spam through us, by a contact form or with a stolen login; a provider that got too much of it lists us.
struct SpamIncident: Incident {
    /// How the spam comes in.
    enum Way: Sendable {
        /// A contact form hands it to sendmail(1), as the web server's user.
        case form
        /// A stolen login submits it from forty networks, each message from another envelope sender.
        case login
    }

    private static let provider = "microsoft-consumer"
    private static let networks = 40
    private static let recipientsAMessage = 10
    /// Spam that the provider takes before it lists us.
    private static let tolerated = 1000

    let way: Way
    let spam: Int

    var title: String {
        switch way {
        case .form: "A contact form sends to \(spam) recipients through sendmail"
        case .login:
            "A stolen login sends to \(spam) recipients from \(Self.networks) networks, each message from another sender"
        }
    }

    /// Limits and tripwires are the defaults.
    var configuration: String {
        """
        [alerts]
        mail = ["\(Self.watcher)"]
        [modes]
        limits = "enforce"
        listings = "enforce"
        """
    }

    func play(in lab: Lab) async throws -> IncidentCount {
        var count = IncidentCount()
        try lab.mx.script(
            Self.provider,
            [MXRule(at: .mailFrom, .reply(ListingScene.block), after: Self.tolerated / Self.recipientsAMessage)])
        if way == .login { try await openNetworks(in: lab) }
        let innocent = InnocentWriter(lab: lab)
        let began = ContinuousClock.now
        let messages = spam / Self.recipientsAMessage
        var friends: [String] = []
        for number in 0..<messages {
            try await send(number, in: lab)
            guard number % max(messages / 10, 1) == 0 else { continue }
            try await innocent.write()
            friends.append(try await writeToFriend(number, in: lab))
        }
        try await innocent.write()
        friends.append(try await writeToFriend(messages, in: lab))
        let ended = try await SettledQueue(lab: lab).wait(within: .seconds(120))
        let arrived = lab.mx.mail.entries { $0.host.provider == Self.provider }
        let account = MailAccount(of: arrived)
        let isSpam: (String) -> Bool = { $0.hasPrefix("victim") }
        count.spamOut = arrived.reduce(0) { $0 + $1.recipients.count(where: isSpam) }
        count.bounced = lab.mailLog.entries { $0.contains("status=bounced") && $0.contains("to=<friend") }.count
        count.duplicated = account.duplicated.count
        count.lost = ended ? account.missing(of: friends).count - count.bounced : 0
        let refused = lab.mailLog.entries { $0.contains("S3150") && $0.contains("/smtp[") }
        count.wasListed = !refused.isEmpty
        count.attemptsWhileListed = max(
            lab.mx.count(Self.provider, at: .mailFrom) - Self.tolerated / Self.recipientsAMessage, 0)
        count.innocentDelay = try await innocent.slowest()
        count.timeToAlert = Self.firstAlert(in: lab).map { began.duration(to: $0) }
        return count
    }

    /// A message of Bob's to somebody at the provider that the spam goes to.
    private func writeToFriend(_ number: Int, in lab: Lab) async throws -> String {
        let id = "<hello\(number)@lab.example>"
        try await lab.submit(
            "Message-ID: \(id)\n" + Letter.text(from: "bob@lab.example", to: "friend\(number)@hotmail.com", "hello"),
            from: "bob@lab.example", to: ["friend\(number)@hotmail.com"], login: .bob)
        return id
    }

    private func send(_ number: Int, in lab: Lab) async throws {
        let first = number * Self.recipientsAMessage
        let victims = (first..<(first + Self.recipientsAMessage)).map { "victim\($0)@hotmail.com" }
        let letter = Letter.text(from: "shop@lab.example", to: "undisclosed-recipients:;", "cheap pills")
        switch way {
        case .form:
            try await lab.sendmail(as: "www-data", arguments: ["-f", "www-data@lab.example"] + victims, letter)
        case .login:
            try await lab.submit(
                letter, from: "prize\(number)@lab.example", to: victims, login: .alice,
                client: Self.client(number % Self.networks))
        }
    }

    private static func client(_ number: Int) -> String { "203.0.\(number).7" }

    private func openNetworks(in lab: Lab) async throws {
        let lines = (0..<Self.networks).map { "addr add \(Self.client($0))/32 dev lo\n" }.joined()
        try await lab.run(["/usr/sbin/ip", "-batch", "-"], input: lines)
    }
}
