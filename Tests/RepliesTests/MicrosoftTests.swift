// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Replies

private let s3150 =
    "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider since "
    + "part of their network is on our block list (S3150). You can also refer your provider to "
    + "http://mail.live.com/mail/troubleshooting.aspx#errors. [DB3PEPF0000885D.eurprd02.prod.outlook.com]"

@Suite struct `A refusal by Outlook.com` {
    @Test func `for the block list tells the address, the code and the remedy`() {
        let reading = read(s3150, from: "hotmail-com.olc.protection.outlook.com")
        #expect(reading.isListing)
        #expect(reading.grade == .unmistakable)
        #expect(reading.scope == .ourAddress)
        #expect(reading.provider == Provider("microsoft-consumer"))
        #expect(reading.token == "S3150")
        #expect(reading.listedAddress == .v4(0xC000_0201))
        #expect(reading.remedy == "microsoft-consumer-list")
        #expect(
            reading.evidence
                == ListingEvidence(
                    replyClass: .ipBlock, grade: .unmistakable, token: "S3150", rule: "microsoft-block-list",
                    listedAddress: .v4(0xC000_0201)))
    }

    @Test func `is judged by its words where no host is known`() {
        #expect(read(s3150).isListing)
        #expect(read(s3150).provider == Provider("microsoft-consumer"))
    }

    @Test(
        arguments: [
            "outlook.com.evil.example", "notoutlook.com", "olc.protection.outlook.com.example", "127.0.0.1",
            "xolc.protection.outlook.com", "example-com.mail.protection.outlook.com",
        ])
    func `is no listing if it comes from a host of somebody else`(host: String) {
        let reading = read(s3150, from: host)
        #expect(!reading.isListing)
        #expect(!reading.isWordedByItsHost)
        #expect(reading.provider != Provider("microsoft-consumer"))
    }

    @Test func `is no listing if a reply about the recipient only quotes it`() {
        let reading = read("550 5.1.1 <user@example.com>: user unknown (was: \(s3150))", from: "mx.example.com")
        #expect(reading.replyClass == .recipientUnknown)
        #expect(!reading.isListing)
    }

    @Test(arguments: ["451 4.7.650", "451 4.7.651"])
    func `to slow down is a precursor, no listing`(codes: String) {
        let reading = read(
            "\(codes) The mail server [192.0.2.1] has been temporarily rate limited due to IP reputation. "
                + "For e-mail delivery information, see https://postmaster.live.com (S844)")
        #expect(reading.replyClass == .ipThrottle)
        #expect(reading.grade == .precursor)
        #expect(reading.token == "S844")
        #expect(!reading.isListing)
    }

    @Test func `because of Spamhaus leads to Spamhaus, not to Microsoft`() {
        let reading = read(
            "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using Spamhaus. To request removal from this "
                + "list see https://www.spamhaus.org/query/ip/192.0.2.1 (AS3130). [x.prod.protection.outlook.com]")
        #expect(reading.isListing)
        #expect(reading.remedy == "spamhaus-address")
    }

    @Test func `because of a listed domain does not blame the address`() {
        let reading = read("550 5.7.1 Service unavailable, Helo domain is listed in Spamhaus. (S8001)")
        #expect(reading.replyClass == .domainBlock)
        #expect(reading.scope == .signingDomain)
    }

    @Test func `for want of authentication is cured by authentication`() {
        let reading = read(
            "550 5.7.515 Access denied, sending domain example.com does not meet the required authentication level.")
        #expect(reading.replyClass == .authentication)
        #expect(reading.remedy == "microsoft-authentication")
        #expect(!reading.isListing)
    }
}

@Suite struct `A refusal by Microsoft 365` {
    private let banned =
        "550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit "
        + "https://sender.office.com/ and follow the directions. (AS16012609)"

    @Test func `of a banned address has its own list and portal, and may be a tenant's wording`() {
        let reading = read(banned, from: "example-com.mail.protection.outlook.com")
        #expect(reading.isListing)
        #expect(reading.isTenantWorded)
        #expect(reading.remedy == "m365-list")
        #expect(reading.provider == Provider("microsoft-365"))
    }

    @Test func `to slow down is believed from Outlook.com's hosts too`() {
        let busy = "451 4.7.500 Server busy. Please try again later from [192.0.2.1]. (S77714)"
        for host in ["example-com.mail.protection.outlook.com", "hotmail-com.olc.protection.outlook.com"] {
            let reading = read(busy, from: host)
            #expect(reading.grade == .precursor)
            #expect(reading.isWordedByItsHost)
            #expect(reading.provider == shipped.providers.provider(ofHost: host))
        }
        #expect(!read(busy, from: "mx.example").isWordedByItsHost)
    }

    @Test func `counts only where the code and the words stand at the start`() {
        let reading = read("550 5.7.1 Our rule says: access denied, banned sending IP [192.0.2.1]")
        #expect(reading.rule != "m365-banned-ip")
        #expect(reading.grade != .unmistakable)
    }

    @Test func `at the directory's edge means an unknown recipient, whatever "access denied" suggests`() {
        let reading = read("550 5.4.1 Recipient address rejected: Access denied. AS(201806281)")
        #expect(reading.replyClass == .recipientUnknown)
        #expect(reading.scope == .recipient)
    }

    @Test func `by a customer's own list touches that recipient only`() {
        let reading = read(
            "550 5.7.513 Service unavailable, Client host [192.0.2.1] blocked by example.com using Customer Block list")
        #expect(reading.replyClass == .recipientPolicy)
        #expect(!reading.isListing)
    }
}
