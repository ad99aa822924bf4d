// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Setup

@Suite struct `An administrator is told` {
    private func texts(_ site: PostfixSite, listings: Bool = false) -> [String] {
        SetupPlan.make(site, listings: listings).notes.map(\.text)
    }

    @Test func `that further instances are not attached`() {
        #expect(
            texts(Sites.debian(["multi_instance_directories": "/etc/postfix-out"])).contains {
                $0.contains("/etc/postfix-out") && $0.contains("about /etc/postfix alone")
            })
    }

    @Test func `what becomes of mail for relay domains`() {
        #expect(
            texts(Sites.debian(["relay_domains": "example.org"])).contains {
                $0.contains("relay_domains is example.org")
            })
        #expect(!texts(Sites.debian(["relay_domains": "$mydestination"])).contains { $0.contains("relay_domains") })
    }

    @Test func `of several addresses, unless one is chosen`() {
        var host = HostFacts()
        host.publicAddresses = ["192.0.2.1", "192.0.2.2"]
        #expect(texts(Sites.debian(host: host)).contains { $0.contains("192.0.2.1, 192.0.2.2") })
        let bound = Sites.debian(["smtp_bind_address": "192.0.2.1"], host: host)
        #expect(!texts(bound).contains { $0.contains("several addresses") })
    }

    @Test func `of a manager of mailing lists and of another signer`() {
        var host = HostFacts()
        host.listManagers = ["Mailman 3"]
        let site = Sites.debian(["smtpd_milters": "local:opendkim/opendkim.sock"], host: host)
        #expect(texts(site).contains { $0.hasPrefix("Mailman 3 is installed") })
        #expect(texts(site).contains { $0.contains("another milter may sign as well (opendkim)") })
    }

    @Test func `that nobody hears of waiting mail, where it may come to wait`() {
        #expect(texts(Sites.debian(), listings: true).contains { $0.contains("delay_warning_time = 4h") })
        #expect(
            !texts(Sites.debian(["delay_warning_time": "4h"]), listings: true).contains { $0.contains("delay_warn") })
        #expect(!texts(Sites.debian()).contains { $0.contains("delay_warn") })
    }
}
