// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Setup

@Suite struct `Single edits` {
    private let site = Sites.debian(["smtpd_milters": "inet:localhost:11332"])

    @Test func `are taken back, the last first, to what was there before`() {
        let plan = SetupPlan.make(site, listings: true)
        let undo = SetupUndo(plan.edits, in: Sites.after(plan, site))
        #expect(
            undo.commands == [
                ["-X", "smtp_delivery_status_filter"], ["-PX", "qmgr/unix/rewrite_service_name"],
                ["-MX", "postern-probe/unix"], ["-MX", "rewrite-postern/unix"], ["-X", "transport_maps"],
                ["-X", "site_transport_maps"], ["-X", "non_smtpd_milters"],
                ["-e", "smtpd_milters = inet:localhost:11332"],
            ])
        #expect(undo.left.isEmpty)
    }

    @Test func `of a list that has grown since take only our milter from it`() {
        let plan = SetupPlan.make(site)
        var now = Sites.after(plan, site)
        now.written["smtpd_milters", default: ""] += ", inet:localhost:9999"
        #expect(
            SetupUndo(plan.edits, in: now).commands.last
                == ["-e", "smtpd_milters = inet:localhost:11332, inet:localhost:9999"])
    }

    @Test(arguments: [
        ("hash:/etc/old, hash:/etc/new", "$site_transport_maps", "hash:/etc/old, hash:/etc/new"),
        ("hash:/etc/old", "hash:/etc/new, $site_transport_maps", "hash:/etc/new, hash:/etc/old"),
    ])
    func `leave the site all of its routes, wherever it has added them since`(
        site own: String, transport: String, after: String
    ) {
        let site = Sites.debian(["transport_maps": "hash:/etc/old"])
        let plan = SetupPlan.make(site, listings: true)
        var now = Sites.after(plan, site)
        now.written["site_transport_maps"] = own
        now.written["transport_maps"] = transport
        let undo = SetupUndo(plan.edits, in: now)
        #expect(undo.commands.contains(["-e", "transport_maps = \(after)"]), "\(undo.commands)")
        #expect(undo.commands.contains(["-X", "site_transport_maps"]))
        #expect(undo.left.isEmpty)
    }

    @Test func `that somebody has made another's are left, and told`() {
        let plan = SetupPlan.make(site, listings: true)
        var now = Sites.after(plan, site)
        now.written["transport_maps"] = "hash:/etc/new"
        now.services = now.services.map {
            $0.key == "postern-probe/unix" ? MasterService("postern-probe unix - - n - 9 smtp") ?? $0 : $0
        }
        let undo = SetupUndo(plan.edits, in: now)
        #expect(
            undo.left == ["the service postern-probe/unix was changed since", "transport_maps is now hash:/etc/new"])
        #expect(!undo.commands.contains { $0.contains("transport_maps") })
    }

    @Test func `that are gone already need nothing`() {
        let plan = SetupPlan.make(site)
        #expect(SetupUndo(plan.edits, in: site) == SetupUndo([], in: site))
    }

    @Test(arguments: [
        ("a,b,c", "b", "a,c"), ("a, b, c", "b", "a, c"), ("b, c", "b", "c"), ("a, b", "b", "a"), ("b", "b", ""),
    ])
    func `take an item from a list with its comma`(list: String, item: String, rest: String) {
        #expect(SetupUndo.removed(item, from: list) == rest)
    }
}
