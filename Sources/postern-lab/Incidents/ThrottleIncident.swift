// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// A provider throttles for hours, then lists our address while hundreds of messages wait, and delists it later.
struct ThrottleIncident: Incident {
    private static let provider = "microsoft-consumer"
    private static let domains = ["hotmail.com", "outlook.com", "live.com"]
    private static let throttle =
        "451 4.7.651 The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. For e-mail "
        + "delivery information, see https://postmaster.live.com (S775)"
    /// As long as the throttling, and as long as the listing.
    private static let span = Duration.seconds(45)
    private static let late = 20

    let waiting: Int

    var title: String {
        "Microsoft throttles, then lists our address (S3150) while \(waiting) messages are queued, then delists it"
    }

    var configuration: String {
        """
        [alerts]
        mail = ["\(Self.watcher)"]
        [modes]
        limits = "off"
        listings = "enforce"
        [listings]
        queue-interval = "1s"
        step = "3s"
        accept-spacing = "1s"
        usual-rate = 1200
        reopening-rate = 300
        [[provider]]
        name = "\(Self.provider)"
        probe-after = ["4s"]
        """
    }

    func play(in lab: Lab) async throws -> IncidentCount {
        var count = IncidentCount(wasListed: true)
        try lab.mx.script(Self.provider, .refusing(Self.throttle, at: .mailFrom))
        let began = ContinuousClock.now
        var sent: [String] = []
        for number in 0..<waiting { sent.append(try await send(number, in: lab)) }
        let innocent = InnocentWriter(lab: lab)
        try await innocent.write()
        try await Task.sleep(until: max(.now, began + Self.span))

        try lab.mx.script(Self.provider, .refusing(ListingScene.block, at: .mailFrom))
        let listed = ContinuousClock.now
        let before = lab.mx.attempts.position
        for number in waiting..<(waiting + Self.late) { sent.append(try await send(number, in: lab)) }
        try await innocent.write()
        try await Task.sleep(until: max(.now, listed + Self.span))

        count.attemptsWhileListed =
            lab.mx.attempts.entries(from: before) {
                $0.stage == .mailFrom && $0.host.provider == Self.provider
            }.count
        try lab.mx.open(Self.provider)
        let opened = ContinuousClock.now
        try await innocent.write()
        let ended = try await SettledQueue(lab: lab).wait(within: .seconds(300))
        let arrived = lab.mx.mail.entries { $0.host.provider == Self.provider }
        let account = MailAccount(of: arrived)
        let bounced = Set(
            lab.mailLog.entries { $0.contains("status=bounced") && $0.contains("to=<friend") }.compactMap(
                Self.recipient))
        count.bounced = bounced.count
        count.duplicated = account.duplicated.count
        count.lost = ended ? sent.count - account.deliveries.count - bounced.count : account.missing(of: sent).count
        count.innocentDelay = try await innocent.slowest()
        count.timeToAlert = Self.firstAlert(in: lab).map { began.duration(to: $0) }
        count.timeToReopen = arrived.map(\.time).min().map { opened.duration(to: $0) }
        count.timeToDrain = arrived.map(\.time).max().map { opened.duration(to: $0) }
        return count
    }

    private func send(_ number: Int, in lab: Lab) async throws -> String {
        let id = "<news\(number)@lab.example>"
        let recipient = "friend\(number)@\(Self.domains[number % Self.domains.count])"
        try await lab.submit(
            "Message-ID: \(id)\n" + Letter.text(from: "bob@lab.example", to: recipient, "news"),
            from: "bob@lab.example", to: [recipient], login: .bob)
        return id
    }

    private static func recipient(of line: String) -> Substring? {
        line.firstRange(of: "to=<").map { line[$0.upperBound...].prefix { $0 != ">" } }
    }
}
