// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Replies

@Suite struct `A reply that blames our address` {
    @Test(
        arguments: [
            "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using zen.spamhaus.org",
            "550 5.7.1 [192.0.2.1] listed by bl.spamcop.net, see https://www.spamcop.net/bl.shtml?192.0.2.1",
            "550 \"JunkMail rejected - mail.example.com [192.0.2.1]:52341 is in an RBL, see https://example.net/\"",
            "450 4.7.1 Service temporarily unavailable; Client host [192.0.2.1] blocked by rbl",
            "550 5.7.1 Ihre IP-Adresse 192.0.2.1 wurde wegen Spam gesperrt",
            "554 5.7.1 Votre adresse IP 192.0.2.1 est sur liste noire",
            "550 5.7.1 Su IP 192.0.2.1 se encuentra en lista negra",
        ])
    func `is a listing, whoever says it`(text: String) {
        let reading = read(text, from: "mx.nobody.example")
        #expect(reading.isListing)
        #expect(reading.provider == nil)
        #expect(reading.listedAddress == .v4(0xC000_0201))
    }

    @Test(
        arguments: [
            ("450 4.7.1 192.0.2.1 is greylisted, try again in 5 minutes", ReplyClass.greylist),
            ("421 4.7.0 Connection from 192.0.2.1 rejected: too many connections", .ipThrottle),
            ("550 5.7.1 SPF fail: 192.0.2.1 is not authorized to send for example.com", .authentication),
            ("554 5.7.1 Client host [192.0.2.1] not allowed to relay", .relayDenied),
            ("450 4.7.25 Client host rejected: cannot find your hostname, [192.0.2.1]", .dnsConfig),
            ("554 5.7.1 Message from 192.0.2.1 rejected as spam", .spamContent),
            (
                "554 5.7.1 Service unavailable; Helo command [mail.example.com] blocked using dbl.spamhaus.org",
                .domainBlock
            ),
            ("550 Your message has been blocked by our spam filter", .spamContent),
            ("550 5.7.1 Your email address is blacklisted", .senderRejected),
            ("connect to mx.example.com[192.0.2.1]:25: Connection refused", .network),
            ("550 5.1.1 unknown user (the host was blocked using zen.spamhaus.org yesterday)", .recipientUnknown),
        ])
    func `is told from what only looks like it`(text: String, expected: ReplyClass) {
        #expect(read(text).replyClass == expected)
        #expect(!read(text).isListing)
    }

    @Test func `does not name the address of the host that answers`() {
        let reply = SMTPReply(
            code: 554, status: nil, text: "554 mx.example.com[198.51.100.7] blocked 192.0.2.1 using a DNSBL")
        let reading = shipped.reading(of: reply, from: "mx.example.com", at: .v4(0xC633_6407))
        #expect(reading.listedAddress == .v4(0xC000_0201))
    }

    @Test func `is read as well from what a person pastes from a log`() {
        let reading = read(
            "host mx.example.com[198.51.100.7] said: 554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using "
                + "zen.spamhaus.org (in reply to RCPT TO command)")
        #expect(reading.isListing)
    }
}

@Suite struct `A reply of an unknown kind` {
    @Test func `is of class other, and tells nothing of our address`() {
        let reading = read("550 Blocked for a reason that nobody knows")
        #expect(reading.replyClass == .other)
        #expect(reading.rule == nil)
        #expect(reading.grade == .none)
        #expect(!reading.isListing)
    }

    @Test(arguments: ["", " ", "\u{0}", "550", "5.7.1", "99999999999999999999", String(repeating: "[", count: 100_000)])
    func `is read without harm`(text: String) {
        #expect(!read(text).isListing)
    }
}
