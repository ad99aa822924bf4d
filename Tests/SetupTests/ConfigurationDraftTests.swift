// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Setup

@Suite struct `The configuration` {
    @Test func `gets what main cf says of networks and domains, but for tables and exceptions, which are told`() {
        let site = Sites.debian([
            "mynetworks": "127.0.0.0/8 [::1]/128 10.1.0.0/16 !10.1.2.3 hash:/etc/postfix/nets",
            "virtual_mailbox_domains": "example.org, proxy:mysql:/etc/postfix/domains.cf",
            "relay_domains": "behind.example",
        ])
        let senders = SiteSenders(site)
        var draft = ConfigurationDraft("[modes]\nlimits = \"observe\"\n")
        draft.add(senders)
        #expect(
            draft.text == """
                [modes]
                limits = "observe"

                [senders]
                # From main.cf; to be changed where that changes.
                trusted-networks = ["127.0.0.0/8", "::1/128", "10.1.0.0/16"]
                hosted-domains = ["mail.example.com", "example.com", "localhost.example.com", "example.org"]
                relayed-domains = ["behind.example"]

                """)
        #expect(
            senders.leftOut == [
                "mynetworks: !10.1.2.3", "mynetworks: hash:/etc/postfix/nets",
                "virtual_mailbox_domains: proxy:mysql:/etc/postfix/domains.cf",
            ])
    }

    @Test func `keeps the tables that its author wrote`() {
        let text = "[senders] # mine\n[ mail-log ]\nsource = \"none\"\n"
        var draft = ConfigurationDraft(text)
        draft.add(SiteSenders(Sites.debian()))
        draft.add(LogChoice(for: Sites.debian()))
        #expect(draft.text == text)
    }

    @Test func `gets a domain with its keys`() {
        var draft = ConfigurationDraft("x")
        draft.add(.init(name: "example.com", keys: [.init(selector: "s1", file: "/k/\"s1\".pem")]))
        #expect(
            draft.text == """
                x

                [[domain]]
                name = "example.com"
                keys = [
                  { selector = "s1", file = "/k/\\"s1\\".pem" },
                ]

                """)
    }

    @Test func `signs for the domains of users, for the host's own name only where there is no other`() {
        let site = Sites.debian(["virtual_mailbox_domains": "example.org"])
        #expect(
            SiteSenders(site).signingDomains(of: site, origin: "mail.example.com") == ["example.com", "example.org"])
        let alone = Sites.debian(["mydestination": "mail.example.com, localhost"])
        #expect(SiteSenders(alone).signingDomains(of: alone, origin: "mail.example.com") == ["mail.example.com"])
        let origin = Sites.debian(["mydestination": "localhost"])
        #expect(SiteSenders(origin).signingDomains(of: origin, origin: "Example.NET") == ["example.net"])
    }
}

@Suite struct `The mail log` {
    @Test(arguments: [
        ("/var/log/postfix.log", true, true, "/var/log/postfix.log"), ("", true, true, "journal"),
        ("/dev/stdout", true, true, "journal"), ("", false, true, "/var/log/mail.log"), ("", false, false, "none"),
    ])
    func `is Postfix's own file, else the journal, else syslog's file`(
        own: String, hasJournal: Bool, hasFile: Bool, source: String
    ) {
        var host = HostFacts()
        (host.hasJournal, host.hasMailLog) = (hasJournal, hasFile)
        let choice = LogChoice(for: Sites.debian(["maillog_file": own], host: host))
        #expect(choice.source == source)
        #expect(!choice.advice.isEmpty)
    }
}
