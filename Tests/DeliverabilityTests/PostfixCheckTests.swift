// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Deliverability

@Suite struct `A check of Postfix` {
    private static let right = PostfixSetup(
        parameters: [
            "queue_directory": "/var/spool/postfix", "milter_default_action": "tempfail",
            "smtpd_milters": "{ unix:postern/milter, default_action=accept, connect_timeout=2s }",
            "non_smtpd_milters": "inet:localhost:11332, { unix:postern/milter, default_action=accept }",
            "smtp_delivery_status_filter": "pcre:/etc/postern/delivery-status.pcre", "delay_warning_time": "4h",
            "smtp_line_length_limit": "0", "disable_mime_output_conversion": "yes",
        ], managerRoutes: "sqlite:/etc/postern/routes.cf,$site_transport_maps",
        socket: .unix("/var/spool/postfix/postern/milter"), routes: "sqlite:/etc/postern/routes.cf",
        filter: .init(installed: "aa", wanted: "aa"), signs: true, watchesListings: true, pausesProviders: true)

    private func findings(_ spoil: (inout PostfixSetup) -> Void) -> [FindingKind] {
        var setup = Self.right
        spoil(&setup)
        return PostfixCheck(setup).run().compactMap(\.finding?.kind)
    }

    @Test func `finds nothing where all is right`() {
        #expect(findings { _ in } == [])
    }

    @Test func `finds each way of not being asked`() {
        #expect(findings { $0.parameters["smtpd_milters"] = "" } == [.milterUnwired])
        #expect(findings { $0.parameters["non_smtpd_milters"] = "inet:localhost:11332" } == [.milterUnwired])
        #expect(findings { $0.socket = .unix("/run/postern/milter") } == [.milterUnwired, .milterUnwired])
        #expect(findings { $0.socket = .inet(host: "127.0.0.1", port: 8891) } == [.milterUnwired, .milterUnwired])
    }

    @Test func `knows its socket in each way in which main.cf may name it`() {
        for name in ["unix:postern/milter", "unix:/postern/milter", "unix:/var/spool/postfix/postern/milter"] {
            #expect(findings { $0.parameters["smtpd_milters"] = "{ \(name), default_action=accept }" } == [], "\(name)")
        }
        for name in ["inet:127.0.0.1:8891", "inet:localhost:8891", "inet:[::1]:8891"] {
            let findings = findings {
                $0.socket = .inet(host: "127.0.0.1", port: 8891)
                $0.parameters["milter_default_action"] = "accept"
                $0.parameters["smtpd_milters"] = name
                $0.parameters["non_smtpd_milters"] = "inet:other.example:25 \(name)"
            }
            #expect(findings == [], "\(name)")
        }
    }

    @Test func `finds that mail is refused while the daemon is away`() {
        #expect(findings { $0.parameters["smtpd_milters"] = "unix:postern/milter" } == [.milterFailsClosed])
        #expect(
            findings { $0.parameters["smtpd_milters"] = "{ unix:postern/milter, default_action=reject }" }
                == [.milterFailsClosed])
    }

    @Test func `finds a status filter that is missing, foreign or stale`() {
        #expect(findings { $0.parameters["smtp_delivery_status_filter"] = "" } == [.filterMissing])
        #expect(findings { $0.filter.installed = nil } == [.filterForeign])
        #expect(findings { $0.filter.installed = "bb" } == [.filterStale])
    }

    @Test func `finds routes that qmgr does not read`() {
        #expect(findings { $0.managerRoutes = nil } == [.routesUnwired])
        #expect(findings { $0.managerRoutes = "$site_transport_maps" } == [.routesUnwired])
    }

    @Test func `asks for neither routes nor a warning of delays where nothing is paused`() {
        let findings = findings {
            $0.pausesProviders = false
            $0.managerRoutes = nil
            $0.parameters["delay_warning_time"] = "0h"
            $0.parameters["smtp_delivery_status_filter"] = ""
        }
        #expect(findings == [])
    }

    @Test func `finds another server that carries the mail, and then asks for no routes`() {
        let findings = findings {
            $0.otherRouting = "relayhost is [smarthost.example]:587"
            $0.managerRoutes = nil
        }
        #expect(findings == [.relayhostCarries])
    }

    @Test func `finds that senders would not hear of a pause`() {
        for value in ["", "0h", "0"] {
            #expect(findings { $0.parameters["delay_warning_time"] = value } == [.delayUntold], "\(value)")
        }
    }

    @Test func `finds what would break a signature, where there are signatures`() {
        #expect(findings { $0.parameters["smtp_line_length_limit"] = "998" } == [.longLinesBroken])
        #expect(findings { $0.parameters["disable_mime_output_conversion"] = "no" } == [.eightBitRecoded])
        let unsigned = findings {
            $0.signs = false
            $0.parameters["smtp_line_length_limit"] = "998"
        }
        #expect(unsigned == [])
    }

    @Test func `survives a value of main.cf that is broken`() {
        for value in ["{", "{ ", "}", "{}", "{ , }", "unix", ":", "inet:", "inet:8891", ", ,"] {
            #expect(findings { $0.parameters["smtpd_milters"] = value } == [.milterUnwired], "\(value)")
        }
    }
}
