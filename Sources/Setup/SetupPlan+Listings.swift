// SPDX-License-Identifier: Apache-2.0
internal import PostfixTools

extension SetupPlan {
    /// The service that asks our routes, for qmgr(8) alone.
    static let rewriteService = "rewrite-postern"

    /// Routes, probes and the status filter.
    mutating func planListings(_ site: PostfixSite, _ request: SetupRequest) {
        if let reason = site.values.otherRouting {
            return note(
                .listings,
                "\(reason): who carries the mail is not Postfix's to choose here, so listings are told of, never acted "
                    + "upon, and nothing is wired for them.")
        }
        let before = (edits, refusals.count)
        planRoutes(site, request)
        planStatusFilter(site, request)
        // Half a wiring would defer what nobody lets out again.
        if refusals.count > before.1 { edits = before.0 }
    }

    private mutating func planRoutes(_ site: PostfixSite, _ request: SetupRequest) {
        planTransportMaps(site, request)
        if let obstacle = obstacle(site) {
            return refuse(.listings, obstacle, Self.manual(site, request))
        }
        if site.service("\(Self.rewriteService)/unix") == nil {
            let kept = Self.words(site.service("rewrite/unix"), without: ["transport_maps"])
            // Not chrooted: SQLite opens further files of its database by their paths, later.
            let entry =
                "\(Self.rewriteService) unix - - n - - trivial-rewrite"
                + " -o transport_maps=\(request.routes),$site_transport_maps" + kept
            edits.append(.service(key: "\(Self.rewriteService)/unix", entry: entry))
        }
        if site.service("\(request.probeTransport)/unix") == nil {
            let smtp = site.service("smtp/unix")
            let entry =
                "\(request.probeTransport) unix - - \(smtp?.chroot ?? "-") - 1 smtp"
                + " -o syslog_name=postfix/\(request.probeTransport)" + Self.words(smtp, without: ["syslog_name"])
            edits.append(.service(key: "\(request.probeTransport)/unix", entry: entry))
        }
        if site.service("qmgr/unix")?[option: "rewrite_service_name"] == nil {
            edits.append(
                .option(service: "qmgr/unix", name: "rewrite_service_name", before: nil, after: Self.rewriteService))
        }
    }

    /// Moves the site's own routes to where both their users find them.
    private mutating func planTransportMaps(_ site: PostfixSite, _ request: SetupRequest) {
        let routes = site.text("transport_maps")
        let kept = site.written["site_transport_maps"]
        if routes.contains("$site_transport_maps") || routes.contains("${site_transport_maps}") {
            if kept == nil { set("site_transport_maps", to: "", in: site) }
        } else if let kept, kept != routes {
            refuse(
                .listings, "site_transport_maps is set to something else than transport_maps",
                [
                    "postconf -e 'site_transport_maps = \(routes)' 'transport_maps = $site_transport_maps'",
                    "# what it was for must then go by another name",
                ])
        } else {
            set("site_transport_maps", to: routes, in: site)
            set("transport_maps", to: "$site_transport_maps", in: site)
        }
    }

    /// What of qmgr's and the resolver's services is another than Postfix's own.
    private func obstacle(_ site: PostfixSite) -> String? {
        guard let manager = site.service("qmgr/unix") else { return "master.cf has no service qmgr of type unix" }
        let resolver = manager[option: "rewrite_service_name"]
        if let resolver, resolver != Self.rewriteService { return "qmgr has its own resolver, \(resolver)" }
        if site.written["rewrite_service_name"] != nil, resolver == nil { return "main.cf sets rewrite_service_name" }
        if site.service("rewrite/unix")?[option: "transport_maps"] != nil {
            return "the service rewrite has transport_maps of its own"
        }
        if manager[option: "transport_maps"] != nil { return "qmgr has transport_maps of its own" }
        return nil
    }

    private static func manual(_ site: PostfixSite, _ request: SetupRequest) -> [String] {
        [
            "a service for qmgr alone, which asks \(request.routes) before the site's own routes:",
            "postconf -M '\(rewriteService)/unix=\(rewriteService) unix - - n - - trivial-rewrite "
                + "-o transport_maps=\(request.routes),THE-SITE-S-OWN'",
            "postconf -P 'qmgr/unix/rewrite_service_name=\(rewriteService)'",
            "postconf -M '\(request.probeTransport)/unix=\(request.probeTransport) unix - - y - 1 smtp "
                + "-o syslog_name=postfix/\(request.probeTransport)'",
        ]
    }

    /// A service's own options, as one writes them behind others; empty if it has none.
    private static func words(_ service: MasterService?, without names: Set<String>) -> String {
        (service?.options ?? []).filter { !names.contains($0.name) }.map { option in
            let isPlain = !option.value.contains(where: \.isWhitespace)
            return isPlain ? " -o \(option.name)=\(option.value)" : " -o { \(option.name) = \(option.value) }"
        }.joined()
    }

    private mutating func planStatusFilter(_ site: PostfixSite, _ request: SetupRequest) {
        let written = site.written["smtp_delivery_status_filter"]
        if written?.contains(request.statusFilter) == true { return }
        let general = site.text("default_delivery_status_filter")
        let present = written == nil || written == "$default_delivery_status_filter" ? general : written ?? ""
        if present.isEmpty {
            set("smtp_delivery_status_filter", to: request.statusFilter, in: site)
        } else {
            refuse(
                .listings, "there is a delivery status filter already: \(present)",
                [
                    "put what `postern config delivery-status` prints behind your own lines in one table of type pcre,",
                    "name that in smtp_delivery_status_filter, then run this again",
                ])
        }
        for service in site.services where service.type == "unix" && service.program == "smtp" {
            guard let own = service[option: "smtp_delivery_status_filter"], !own.contains(request.statusFilter) else {
                continue
            }
            note(
                .listings,
                "\(service.key) has a status filter of its own (\(own)): a listing's refusal of mail that leaves there "
                    + "bounces, as before.")
        }
    }
}
