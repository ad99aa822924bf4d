// SPDX-License-Identifier: Apache-2.0
import Delisting
import PosternCore
import Replies
import StatusModel
import Testing

@Suite struct `A request to be taken off a list` {
    @Test func `says who we are, what refuses since when, how much we send, what happened and what was done`() {
        let request = DelistingRequest(.listedByOutlook)
        #expect(request.subject == "Mail from 192.0.2.1 is refused (S3150)")
        #expect(
            request.body == """
                Hello,

                Outlook.com refuses mail from our server. Please look at the listing of our address and lift it.

                Address:        192.0.2.1
                PTR:            mail.example.com, which leads back to the address
                HELO:           mail.example.com
                DKIM:           we sign as example.com

                First refusal:  2026-11-20T09:30:00Z
                    550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3150)
                Last refusal:   2026-11-21T10:00:00Z
                    550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3150)
                Refusals:       41
                Since 2026-11-20T09:30:01Z we keep our mail for you, and send a single message now and then to see.

                Our mail to you by the day, in UTC: accepted, refused
                    2026-11-19       120         0
                    2026-11-20        80        41

                In the day before the first refusal one sender here asked for 4120 recipients, where 30 are usual for it.
                Our server held or refused 38 of its messages since.
                The password was changed.

                You refused us before:
                    from 2026-10-01T00:00:00Z until 2026-10-03T00:00:00Z

                Contact: [name, and a mail address that takes mail]

                """)
    }

    @Test func `names no customer in what is sent, only beside it`() {
        let request = DelistingRequest(.listedByOutlook)
        #expect(request.culprit == "login:shop@example.com")
        #expect(!(request.body + request.followUp + request.subject).contains("shop@example.com"))
    }

    @Test func `leaves a blank for what was done where nobody has said it, and says so first`() {
        var facts = DelistingFacts.listedByOutlook
        facts.deeds = []
        let request = DelistingRequest(facts)
        #expect(request.body.contains("\n[What was done about the cause]\n"))
        #expect(
            request.gaps == ["What was done about the cause is not said: give it with --done, or fill in the blank."])
    }

    @Test func `does not say that mail is kept where it is not`() {
        var facts = DelistingFacts.listedByOutlook
        facts.pausedSince = nil
        #expect(!DelistingRequest(facts).body.contains("we keep"))
    }

    @Test func `answers an automatic refusal in its words, with the newest refusal and what was done`() {
        let answer = DelistingRequest(.listedByOutlook).followUp
        #expect(answer.contains("It says that 192.0.2.1 is not qualified for mitigation, and not why."))
        #expect(answer.contains("Last refusal:   2026-11-21T10:00:00Z\n    550 5.7.1 Unfortunately"))
        #expect(answer.contains("on the busiest day of the last two weeks: 121."))
        #expect(answer.contains("The password was changed."))
    }

    @Test func `keeps what the other side worded on its own line`() {
        var facts = DelistingFacts.listedByOutlook
        facts.last?.reply = "550 no\r\nSubject: mine\u{1B}[2J\u{9B}"
        #expect(DelistingRequest(facts).body.contains("\n    550 no??Subject: mine?[2J?\n"))
    }

    @Test func `does not trap on figures that no provider has`() {
        var facts = DelistingFacts.listedByOutlook
        facts.days = [ProviderDay(start: Moment(milliseconds: .max), accepted: .max, refused: .max)]
        #expect(DelistingRequest(facts).followUp.contains("on the busiest day of the last two weeks: "))
    }
}

@Suite struct `Where a request goes` {
    @Test func `is the form first, then its other places, then what the refusal names`() {
        var facts = DelistingFacts.listedByOutlook
        facts.last?.reply =
            "550 5.7.1 <bob@hotmail.com>: see https://postmaster.live.com/x?y=1. Or mail help@msn.example."
        let places = DelistingRequest(facts).places
        #expect(
            places.map(\.form) == [
                "https://support.microsoft.com/form", "https://sender.office.com/", "https://postmaster.live.com/x?y=1",
                "mailto:help@msn.example",
            ])
        #expect(places[0].when == nil)
        #expect(places[1].when == "It speaks of Office 365.")
        #expect(places[3].when == "The refusal itself names it.")
    }

    @Test func `is never a recipient or one of us, nor what no person can open`() {
        var facts = DelistingFacts.listedByOutlook
        facts.last?.reply =
            "550 bob@HOTMAIL.com shop@example.com @ a@ @b a@b a@.b https://\(String(repeating: "x", count: 200)) é@ü.example"
        #expect(DelistingRequest(facts).places.count == 2)
    }

    @Test func `takes three places from a refusal at most`() {
        var facts = DelistingFacts.listedByOutlook
        facts.last?.reply = (1...9).map { "https://\($0).example/" }.joined(separator: " ")
        #expect(DelistingRequest(facts).places.count == 5)
    }

    @Test func `is the recipient domain's postmaster where no form is known`() {
        var facts = DelistingFacts.listedByOutlook
        facts.remedy = nil
        facts.last?.reply = "550 listed"
        facts.recipientDomain = "example.net"
        #expect(DelistingRequest(facts).places.map(\.form) == ["mailto:postmaster@example.net"])
        #expect(DelistingRequest(facts).followUp.contains("It says that 192.0.2.1 stays listed"))
    }
}

@Suite struct `What is amiss before a request is sent` {
    private func gaps(_ change: (inout DelistingFacts) -> Void) -> [String] {
        var facts = DelistingFacts.listedByOutlook
        change(&facts)
        return DelistingRequest(facts).gaps
    }

    @Test func `is nothing where name, greeting, cause and cure are known`() {
        #expect(gaps { _ in } == [])
    }

    @Test func `is a PTR record that is missing, leads elsewhere, or is called otherwise than Postfix greets`() {
        let address = ClientAddress.v4(0xC000_0201)
        for (reverse, words) in [
            (SendingAddress.Reverse.none, "has no PTR record"), (.unconfirmed("x.example"), "does not lead back"),
            (.unknown, "could not be looked up"), (.confirmed("x.example"), "greets as mail.example.com"),
        ] {
            let gaps = gaps { $0.addresses = [SendingAddress(address, reverse: reverse)] }
            #expect(gaps.count == 1 && gaps[0].contains(words), "\(reverse)")
        }
        #expect(gaps { $0.greeting = "MAIL.example.com" } == [])
    }

    @Test func `is what SNDS holds against us, where it does`() {
        let day = Moment(seconds: 1_795_478_400)
        for (colour, traps, isAmiss) in [
            ("green", 0, false), ("green", 1, true), ("yellow", 0, true), ("red", 0, true),
        ] {
            let gaps = gaps {
                $0.ratings = [.init(address: .v4(0xC000_0201), day: day, colour: colour, traps: traps)]
            }
            #expect(gaps.contains { $0.hasPrefix("SNDS calls 192.0.2.1 \(colour) on 2026-11-24") } == isAmiss)
        }
    }

    @Test func `is an address, a greeting, a culprit or a refusal that nobody knows`() {
        #expect(gaps { $0.addresses = [] }.contains { $0.contains("--address") })
        #expect(gaps { $0.greeting = nil }.contains { $0.contains("postconf") })
        #expect(gaps { $0.culprit = nil }.contains { $0.contains("postern senders") })
        #expect(gaps { $0.last = nil }.contains { $0.contains("nothing to ask for") })
    }
}

@Suite struct `A culprit` {
    @Test func `is who sent thrice its usual, fifty beyond it, and half of all that was beyond anybody's`() {
        let quiet = Culprit(sender: "login:a", recipients: 100, usual: 90)
        #expect(Culprit.standingOut(among: [quiet, Culprit(sender: "b", recipients: 75, usual: 25)])?.sender == "b")
        #expect(Culprit.standingOut(among: [Culprit(sender: "b", recipients: 74, usual: 25)]) == nil)
        #expect(Culprit.standingOut(among: [Culprit(sender: "b", recipients: 200, usual: 67)]) == nil)
        let alike = (1...3).map { Culprit(sender: "\($0)", recipients: 100, usual: 0) }
        #expect(Culprit.standingOut(among: alike) == nil)
        #expect(Culprit.standingOut(among: []) == nil)
    }
}

extension DelistingFacts {
    /// A listing of which everything is known.
    static var listedByOutlook: DelistingFacts {
        let refusal = "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3150)"
        var facts = DelistingFacts(provider: Provider("microsoft-consumer"), title: "Outlook.com", remedy: .outlook)
        facts.code = "S3150"
        facts.addresses = [SendingAddress(.v4(0xC000_0201), reverse: .confirmed("mail.example.com"))]
        facts.greeting = "mail.example.com"
        facts.signingDomains = ["example.com"]
        facts.recipientDomain = "hotmail.com"
        facts.first = Sighting(at: moment("2026-11-20T09:30:00Z"), reply: refusal)
        facts.last = Sighting(at: moment("2026-11-21T10:00:00Z"), reply: refusal)
        facts.refusals = 41
        facts.days = [
            ProviderDay(start: moment("2026-11-19T00:00:00Z"), accepted: 120, refused: 0),
            ProviderDay(start: moment("2026-11-20T00:00:00Z"), accepted: 80, refused: 41),
        ]
        facts.culprit = Culprit(sender: "login:shop@example.com", recipients: 4120, usual: 30, stopped: 38)
        facts.pausedSince = moment("2026-11-20T09:30:01Z")
        facts.deeds = ["The password was changed."]
        facts.earlier = [Spell(from: moment("2026-10-01T00:00:00Z"), until: moment("2026-10-03T00:00:00Z"))]
        return facts
    }

    private static func moment(_ text: String) -> Moment { Timestamp(text)?.moment ?? Moment(seconds: 0) }
}

extension Remedy {
    static var outlook: Remedy {
        Remedy(
            name: "microsoft-consumer-list", cause: "A list holds our address.", waiting: .doesNotHelp, steps: [],
            form: "https://support.microsoft.com/form", asks: ["the refusal"],
            next: [Place(form: "https://sender.office.com/", when: "It speaks of Office 365.")],
            ifNotListed: "Ask which list the code comes from.", denial: "not qualified for mitigation",
            usualTime: "24 to 48 hours", source: "https://example.com/")
    }
}
