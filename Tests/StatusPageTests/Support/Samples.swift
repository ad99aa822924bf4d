// SPDX-License-Identifier: Apache-2.0
import PosternCore
import StatusModel
import StatusPage

/// A running incident as a page shows it: Microsoft lists us, Yahoo slows us down, the rest flows.
enum Samples {
    static let now = Moment(seconds: 1_764_000_000)
    static let hostile =
        "</blockquote><script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"

    static func ago(_ minutes: Int) -> Timestamp { Timestamp(now - .minutes(minutes)) }

    static var listed: ListingReport {
        var machine = ListingMemory()
        machine.state = .listed(
            since: now - .minutes(310), probeAt: now + .minutes(42), latest: now + .hours(24))
        machine.cause = ListingCause(
            severity: .blocked, plan: "microsoft", token: "S3150", listedAddress: "192.0.2.1",
            rule: "microsoft-block-list")
        machine.lastRefusal = now - .minutes(78)
        machine.pauseText = "4.7.0 Microsoft lists 192.0.2.1 (S3150); mail is kept and will be retried"
        return ListingReport(
            .init(key: ListingKey(Provider("microsoft-consumer")), memory: machine),
            waiting: WaitingReport(messages: 1284, oldest: ago(309), firstExpiry: Timestamp(now + .hours(115))))
    }

    static var slowed: ListingReport {
        var machine = ListingMemory()
        machine.state = .reopening(since: now - .minutes(55), rate: 8, clean: CleanRun(since: now - .minutes(5)))
        machine.cause = ListingCause(severity: .throttled, plan: "yahoo", token: "TSS04")
        return ListingReport(
            .init(key: ListingKey(Provider("yahoo")), memory: machine),
            waiting: WaitingReport(messages: 37, oldest: ago(95), firstExpiry: Timestamp(now + .hours(118))))
    }

    static func history(_ range: HistoryRange = .day) -> DeliveryHistory {
        func row(_ name: String?, _ base: Int, bouncing: Range<Int> = 0..<0, paused: Range<Int> = 0..<0)
            -> ProviderHistory
        {
            var row = ProviderHistory(provider: name, steps: range.steps)
            for step in 0..<range.steps {
                let wave = base + base * ((step * 7919) % 13) / 13 + base * abs(48 - step % 96) / 40
                if bouncing.contains(step) { row.add(sent: 0, deferred: base / 3, bounced: base / 6, at: step) }
                if paused.contains(step) { continue }
                row.add(sent: wave, deferred: wave / 40, bounced: wave / 60, at: step)
            }
            return row
        }
        return DeliveryHistory(
            range: range, start: Timestamp(range.start(before: now)), step: Int(range.step.components.seconds),
            providers: [
                row("gmail", 220), row("microsoft-consumer", 140, bouncing: 74..<76, paused: 75..<96),
                row("microsoft-365", 90), row("yahoo", 40, bouncing: 88..<92), row(nil, 25), row("gmx", 12),
            ],
            spans: [
                ListingSpan(provider: "microsoft-consumer", state: "listed", from: ago(310)),
                ListingSpan(provider: "yahoo", state: "slowed", from: ago(120), until: ago(55)),
                ListingSpan(provider: "yahoo", state: "reopening", from: ago(55)),
            ])
    }

    static func refusal(_ provider: String?, _ replyClass: ReplyClass, token: String? = nil, _ sample: String)
        -> RejectionReport
    {
        RejectionReport(
            deferred: 212, bounced: 3, total: 260, first: ago(310), last: ago(3), provider: provider,
            replyClass: replyClass.rawValue, scope: "our-address", smtpCode: 550, status: "5.7.1", token: token,
            rule: "microsoft-block-list", listedAddress: "192.0.2.1", sender: "login:shop@example.org",
            recipientDomain: "hotmail.example", recipient: "ann@hotmail.example", queueID: "4jYSWg2zFWz2Nm8m",
            outcome: "deferred", sample: sample)
    }

    static var facts: OverviewPage.Facts {
        var log = MailLogReport(source: "journal")
        log.lines = 90_000
        return OverviewPage.Facts(
            status: StatusReport(
                version: "postern 0.1.0", pid: 4711, uptime: 90_000,
                signing: .init(mode: "enforce", signed: 48_211), limits: .init(mode: "enforce", held: 14), mailLog: log),
            listings: ListingsReport(mode: "enforce", listings: [listed, slowed]), history: history(),
            senders: SendersReport(
                since: ago(1440),
                senders: [
                    SenderReport(
                        sender: "login:shop@example.org", sent: 21_412, deferred: 320, bounced: 41, unknownUser: 12,
                        block: 310),
                    SenderReport(sender: "uid:33", sent: 8120, deferred: 4, bounced: 180, unknownUser: 171),
                    SenderReport(sender: "login:news@example.net<script>", sent: 3100, deferred: 9, bounced: 2),
                ]),
            rejections: [
                refusal(
                    "microsoft-consumer", .ipBlock, token: "S3150",
                    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service "
                        + "provider since part of their network is on our block list (S3150)."),
                refusal(
                    "yahoo", .ipThrottle, token: "TSS04",
                    "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred"),
                refusal(
                    "gmail", .recipientUnknown, "550-5.1.1 The email account that you tried to reach does not exist."),
                refusal(nil, .other, hostile),
            ],
            held: HeldReport(count: 14, messages: []), now: now)
    }

    static var details: ListingDetails {
        ListingDetails(
            provider: "microsoft-consumer", listings: [listed],
            history: [
                ListingStep(at: ago(78), from: "probing", to: "listed", why: "refused"),
                ListingStep(at: ago(79), from: "listed", to: "probing", why: "probeDue"),
                ListingStep(at: ago(200), to: "pause", by: "alice"),
                ListingStep(at: ago(310), from: "clear", to: "listed", why: "refused"),
            ],
            evidence: [facts.rejections[0], facts.rejections[3]],
            remedy: RemedyReport(
                cause: "Microsoft has put our address on the list of its consumer mail service.",
                steps: ["Find who sends what is complained of, and stop it.", "Then ask to be taken off."],
                form: "https://olcsupport.office.com/", asks: ["Our addresses", "What was done about the cause"],
                usualTime: "a day or two"),
            delistingDraft: "Dear team,\n\nour address 192.0.2.1 …\n")
    }
}
