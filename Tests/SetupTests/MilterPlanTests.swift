// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Setup

private let ours =
    "{ unix:postern/milter, default_action=accept, connect_timeout=2s, command_timeout=20s, content_timeout=20s }"
private let oursWithoutBlanks =
    "{unix:postern/milter,default_action=accept,connect_timeout=2s,command_timeout=20s,content_timeout=20s}"

@Suite struct `The milter` {
    @Test func `is attached to a plain Postfix for mail by SMTP and by sendmail, and nothing else is changed`() {
        let plan = SetupPlan.make(Sites.debian())
        #expect(
            plan.lines == [
                "postconf -e 'smtpd_milters = \(ours)'", "postconf -e 'non_smtpd_milters = $smtpd_milters'",
            ])
        #expect(plan.refusals.isEmpty)
    }

    @Test func `comes after the site's own, which do not get to see more than before`() {
        let plan = SetupPlan.make(Sites.debian(["smtpd_milters": "inet:localhost:8891, inet:localhost:11332,"]))
        #expect(
            plan.lines == [
                "postconf -e 'smtpd_milters = inet:localhost:8891, inet:localhost:11332, \(ours)'",
                "postconf -e 'non_smtpd_milters = \(ours)'",
            ])
    }

    @Test func `needs nothing for local mail where that has the milters of SMTP`() {
        let plan = SetupPlan.make(
            Sites.debian(["smtpd_milters": "inet:localhost:11332", "non_smtpd_milters": "${smtpd_milters}"]))
        #expect(plan.lines == ["postconf -e 'smtpd_milters = inet:localhost:11332, \(ours)'"])
    }

    @Test func `is added to the list of a submission service that has its own`() {
        let site = Sites.debian(
            ["mua_milters": "inet:localhost:11332"],
            services: "submission inet n - n - - smtpd -o smtpd_sasl_auth_enable=yes -o smtpd_milters=$mua_milters")
        let plan = SetupPlan.make(site)
        #expect(
            plan.lines.last == "postconf -P 'submission/inet/smtpd_milters=$mua_milters,\(oursWithoutBlanks)'")
        #expect(
            plan.notes.contains { $0.text.contains("submission/inet takes logins") && $0.text.contains("not chrooted") }
        )
        #expect(SetupPlan.make(Sites.after(plan, site)).edits.isEmpty)
    }

    @Test func `is not forced upon a service whose milters were switched off: that is said with the line to add`() {
        let plan = SetupPlan.make(Sites.debian(services: "465 inet n - y - - smtpd -o smtpd_milters="))
        #expect(plan.lines.count == 2)
        #expect(plan.refusals.map(\.part) == [.signing])
        #expect(plan.refusals.first?.manual.first?.hasPrefix("postconf -P '465/inet/smtpd_milters={unix:") == true)
    }

    @Test func `stays before a content filter whose listener does without milters`() {
        let plan = SetupPlan.make(
            Sites.debian(
                ["content_filter": "amavis:[127.0.0.1]:10024"],
                services: """
                    127.0.0.1:10025 inet n - y - - smtpd -o content_filter= -o receive_override_options=no_header_body_checks,no_milters
                    """))
        #expect(plan.lines.count == 2)
        #expect(
            plan.notes.contains { $0.text.contains("127.0.0.1:10025/inet") && $0.text.contains("before the filter") })
    }

    @Test func `stands on both sides of a content filter whose listener has milters, and signs once`() {
        let plan = SetupPlan.make(
            Sites.debian(
                ["content_filter": "scan:[127.0.0.1]:10024"],
                services: "127.0.0.1:10026 inet n - y - - smtpd -o content_filter="))
        #expect(plan.notes.contains { $0.text.contains("signed once") })
    }

    @Test func `has a protocol of its own where the site keeps to an old one`() {
        let plan = SetupPlan.make(Sites.debian(["milter_protocol": "2"]))
        #expect(plan.lines.first?.contains("content_timeout=20s, protocol=6 }") == true)
    }

    @Test func `is there already: then nothing is to be done`() {
        let site = Sites.debian(["smtpd_milters": ours, "non_smtpd_milters": "$smtpd_milters"])
        #expect(SetupPlan.make(site).edits.isEmpty)
        let elsewhere = Sites.debian([
            "smtpd_milters": "unix:/var/spool/postfix/postern/milter", "non_smtpd_milters": "unix:postern/milter",
        ])
        #expect(SetupPlan.make(elsewhere).edits.isEmpty)
    }

    @Test func `is named as its socket is: below the queue directory, by port, or refused where a chroot hides it`() {
        var request = SetupRequest()
        request.reach("unix:/var/spool/postfix/postern/milter", queueDirectory: "/var/spool/postfix")
        #expect(request.milter == "unix:postern/milter")
        request.reach("inet:8891@127.0.0.1", queueDirectory: "/var/spool/postfix")
        #expect(request.milter == "inet:127.0.0.1:8891")
        request.reach("inet6:8891@[::1]", queueDirectory: "/var/spool/postfix")
        #expect(request.milter == "inet:[::1]:8891")
        request.reach("unix:/run/postern/milter", queueDirectory: "/var/spool/postfix")
        let plan = SetupPlan(for: Sites.debian(), request)
        #expect(plan.edits.isEmpty)
        #expect(plan.refusals.first?.reason == "smtp/inet is chrooted and cannot reach unix:/run/postern/milter")
    }

    @Test func `is not planned for a Postfix that is too old for it`() {
        let plan = SetupPlan.make(Sites.debian(["mail_version": "2.11.3"]))
        #expect(plan.edits.isEmpty)
        #expect(plan.refusals.map(\.part) == [.postfix])
    }
}
