// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Setup

@Suite struct `The wiring of listings` {
    /// The lines after those of the milter.
    private func lines(_ plan: SetupPlan) -> [String] { Array(plan.lines.dropFirst(2)) }

    @Test func `is made only where it is asked for`() {
        #expect(SetupPlan.make(Sites.debian()).edits.count == 2)
    }

    @Test func `gives qmgr a resolver of its own, which asks the routes before the site's`() {
        let site = Sites.debian()
        let plan = SetupPlan.make(site, listings: true)
        #expect(
            lines(plan) == [
                "postconf -e 'site_transport_maps = '", "postconf -e 'transport_maps = $site_transport_maps'",
                "postconf -M 'rewrite-postern/unix=rewrite-postern unix - - n - - trivial-rewrite "
                    + "-o transport_maps=sqlite:/etc/postern/routes.cf,$site_transport_maps'",
                "postconf -M 'postern-probe/unix=postern-probe unix - - y - 1 smtp -o syslog_name=postfix/postern-probe'",
                "postconf -P 'qmgr/unix/rewrite_service_name=rewrite-postern'",
                "postconf -e 'smtp_delivery_status_filter = pcre:/etc/postern/delivery-status.pcre'",
            ])
        #expect(SetupPlan.make(Sites.after(plan, site), listings: true).edits.isEmpty)
    }

    @Test func `moves the site's own routes and keeps the options of its services`() {
        let master = Sites.master
            .replacing(
                "smtp       unix  -       -       y       -       -       smtp",
                with: """
                    smtp unix - - n - - smtp -o smtp_bind_address=192.0.2.7 -o {smtp_tls_policy_maps=hash:/etc/a, hash:/etc/b}
                    """
            )
            .replacing("trivial-rewrite", with: "trivial-rewrite -o resolve_numeric_domain=yes")
        let plan = SetupPlan.make(
            Sites.debian(
                ["transport_maps": "hash:/etc/postfix/transport, proxy:mysql:/etc/postfix/t.cf"], master: master),
            listings: true)
        #expect(
            lines(plan).prefix(4) == [
                "postconf -e 'site_transport_maps = hash:/etc/postfix/transport, proxy:mysql:/etc/postfix/t.cf'",
                "postconf -e 'transport_maps = $site_transport_maps'",
                "postconf -M 'rewrite-postern/unix=rewrite-postern unix - - n - - trivial-rewrite "
                    + "-o transport_maps=sqlite:/etc/postern/routes.cf,$site_transport_maps -o resolve_numeric_domain=yes'",
                "postconf -M 'postern-probe/unix=postern-probe unix - - n - 1 smtp -o syslog_name=postfix/postern-probe "
                    + "-o smtp_bind_address=192.0.2.7 -o { smtp_tls_policy_maps = hash:/etc/a, hash:/etc/b }'",
            ])
    }

    @Test(arguments: ["[smtp.relay.example]:587", "relay.example"])
    func `is left out where a relay host carries the mail, and that is said`(relay: String) {
        let plan = SetupPlan.make(Sites.debian(["relayhost": relay]), listings: true)
        #expect(plan.edits.count == 2)
        #expect(plan.refusals.isEmpty)
        #expect(plan.notes.contains { $0.part == .listings && $0.text.hasPrefix("relayhost is \(relay): ") })
    }

    @Test(arguments: [
        (["site_transport_maps": "hash:/etc/x"], Sites.master, "site_transport_maps is set to something else"),
        (["rewrite_service_name": "mine"], Sites.master, "main.cf sets rewrite_service_name"),
        (
            [:], Sites.master.replacing("1       qmgr", with: "1 qmgr -o rewrite_service_name=other"),
            "qmgr has its own resolver, other"
        ),
        (
            [:], Sites.master.replacing("trivial-rewrite", with: "trivial-rewrite -o transport_maps=hash:/etc/x"),
            "the service rewrite has transport_maps of its own"
        ),
        ([:], Sites.master.replacing("qmgr       unix", with: "qmgr fifo"), "master.cf has no service qmgr"),
        (["smtp_delivery_status_filter": "pcre:/etc/mine"], Sites.master, "there is a delivery status filter already"),
    ])
    func `is refused as a whole, with what to do by hand, where it is not understood`(
        written: [String: String], master: String, reason: String
    ) {
        let plan = SetupPlan.make(Sites.debian(written, master: master), listings: true)
        #expect(plan.edits.count == 2, "the milter is attached all the same")
        #expect(plan.refusals.count == 1)
        #expect(plan.refusals.first?.reason.hasPrefix(reason) == true, "\(plan.refusals)")
        #expect(plan.refusals.first?.manual.isEmpty == false)
    }

    @Test func `takes Postfix's own default for no filter`() {
        let plan = SetupPlan.make(
            Sites.debian(["smtp_delivery_status_filter": "$default_delivery_status_filter"]), listings: true)
        #expect(plan.lines.last?.hasPrefix("postconf -e 'smtp_delivery_status_filter = pcre:") == true)
    }
}
