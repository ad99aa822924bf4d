// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Replies

@Suite struct `A host` {
    private let microsoft = Provider("microsoft-consumer")

    @Test(
        arguments: [
            "hotmail-com.olc.protection.outlook.com", "olc.protection.outlook.com",
            "HOTMAIL-COM.OLC.PROTECTION.OUTLOOK.COM",
            "hotmail-com.olc.protection.outlook.com.", "bücher.olc.protection.outlook.com",
        ])
    func `belongs to a provider by whole labels, in any letter case`(host: String) {
        #expect(shipped.providers.provider(ofHost: host) == microsoft)
    }

    @Test(
        arguments: [
            "outlook.com.evil.example", "notoutlook.com", "xolc.protection.outlook.com", "protection.outlook.com",
            "com", "", ".",
            "[127.0.0.1]", "192.0.2.1", "2001:db8::1", "оlc.protection.outlook.com", "olc.protection.outlook.com..",
        ])
    func `of anybody else belongs to none`(host: String) {
        #expect(shipped.providers.provider(ofHost: host) != microsoft)
    }

    @Test func `belongs to the longest suffix`() {
        #expect(shipped.providers.provider(ofHost: "a.mail.protection.outlook.com") == Provider("microsoft-365"))
    }

    @Test func `of a provider's customer does not speak for the provider`() {
        #expect(shipped.providers.provider(ofHost: "c-192-0-2-1.hsd1.pa.comcast.net") == nil)
        #expect(shipped.providers.provider(ofHost: "mx1.comcast.net") == Provider("comcast"))
    }

    @Test func `with endless labels belongs to none`() {
        #expect(shipped.providers.provider(ofHost: String(repeating: "a.", count: 5000) + "google.com") == nil)
    }
}

@Suite struct `A recipient's domain` {
    @Test func `hints at its provider`() {
        #expect(shipped.providers.hint(forRecipientDomain: "Hotmail.FR") == Provider("microsoft-consumer"))
        #expect(shipped.providers.hint(forRecipientDomain: "web.de.") == Provider("gmx"))
        #expect(shipped.providers.hint(forRecipientDomain: "sub.hotmail.fr") == nil)
    }
}
