// SPDX-License-Identifier: Apache-2.0

extension SetupPlan {
    /// The milter of ours, failing open: mail flows, unsigned, where it does not answer.
    static func milter(_ request: SetupRequest, _ site: PostfixSite) -> String {
        "{ " + settings(request, site).joined(separator: ", ") + " }"
    }

    /// The same for master.cf, whose `-o` takes no blank by way of postconf(1).
    static func milterWithoutBlanks(_ request: SetupRequest, _ site: PostfixSite) -> String {
        "{" + settings(request, site).joined(separator: ",") + "}"
    }

    private static func settings(_ request: SetupRequest, _ site: PostfixSite) -> [String] {
        let base = [
            request.milter, "default_action=accept", "connect_timeout=2s", "command_timeout=20s", "content_timeout=20s",
        ]
        // A site that keeps to an old protocol for another milter need not do so for ours.
        let version = site.text("milter_protocol")
        return version.isEmpty || version == "6" ? base : base + ["protocol=6"]
    }

    /// Whether a list of milters has ours, in whatever form.
    private static func names(_ list: String, _ request: SetupRequest) -> Bool {
        func plain(_ socket: some StringProtocol) -> String {
            let (text, local) = (String(socket), "inet:127.0.0.1:")
            return text.hasPrefix(local) ? "inet:localhost:" + text.dropFirst(local.count) : text
        }
        return list.split { ",{}".contains($0) || $0.isWhitespace }.contains {
            plain($0) == plain(request.milter) || $0.hasSuffix("postern/milter")
        }
    }

    /// Adds to a list; the site's milters stay, and come first: what they add is then signed.
    private static func appended(_ item: String, to list: String) -> String {
        var kept = list[...]
        while let last = kept.last, last == "," || last.isWhitespace { kept.removeLast() }
        return kept.isEmpty ? item : "\(kept), \(item)"
    }

    /// smtpd_milters, non_smtpd_milters, and the services that have a list of their own.
    mutating func planMilters(_ site: PostfixSite, _ request: SetupRequest) {
        let confined = site.services.filter { ["smtpd", "cleanup"].contains($0.program) && $0.chroot != "n" }
        if request.isOutOfSight, let service = confined.first {
            return refuse(
                .signing, "\(service.key) is chrooted and cannot reach \(request.milter)",
                [
                    "milter.socket = \"unix:QUEUE_DIRECTORY/postern/milter\" in postern.toml, then run this again;",
                    "the directory belongs to postern:postfix, with mode 2710",
                ])
        }
        let item = Self.milter(request, site)
        let network = site.text("smtpd_milters")
        let local = site.text("non_smtpd_milters")
        if !Self.names(network, request) {
            set("smtpd_milters", to: Self.appended(item, to: network), adding: network.isEmpty ? nil : item, in: site)
        }
        let refersToNetwork = ["$smtpd_milters", "${smtpd_milters}", "$(smtpd_milters)"].contains { local.contains($0) }
        if !Self.names(local, request), !refersToNetwork {
            if local.isEmpty, network.isEmpty || network == item {
                set("non_smtpd_milters", to: "$smtpd_milters", in: site)
            } else {
                // The site's milters for SMTP did not see local mail, and shall not now.
                set(
                    "non_smtpd_milters", to: Self.appended(item, to: local), adding: local.isEmpty ? nil : item,
                    in: site)
            }
        }
        for service in site.services where service.program == "smtpd" { plan(service, site, request) }
        noteSigners(network + " " + local)
    }

    private mutating func plan(_ service: MasterService, _ site: PostfixSite, _ request: SetupRequest) {
        guard let own = service[option: "smtpd_milters"] else { return noteHandedBack(service, site) }
        if Self.names(own, request) || Self.isEmptied(service) { return noteHandedBack(service, site) }
        if own.contains("$smtpd_milters") || own.contains("${smtpd_milters}") { return }
        let item = Self.milterWithoutBlanks(request, site)
        if service.isForFilters {
            note(
                .signing,
                "\(service.key) takes mail from a content filter and no milter sees it there: Postern signs before the "
                    + "filter. If that changes bodies or signed header fields, let Postern sign after it: "
                    + "postconf -P '\(service.key)/smtpd_milters=\(item)'")
        } else if own.isEmpty {
            refuse(
                .signing, "\(service.key) has its milters switched off (-o smtpd_milters=)",
                ["postconf -P '\(service.key)/smtpd_milters=\(item)'   # if Postern shall sign and limit there"])
        } else if own.contains(where: \.isWhitespace) {
            refuse(
                .signing, "\(service.key) has milters of its own, in a form that postconf cannot edit",
                ["in master.cf, \(service.name): add \(item) to its -o smtpd_milters"])
        } else {
            edits.append(
                .option(
                    service: service.key, name: "smtpd_milters", before: own, after: "\(own),\(item)", item: item))
        }
    }

    /// `receive_override_options=no_milters`: the list counts for nothing.
    private static func isEmptied(_ service: MasterService) -> Bool {
        service[option: "receive_override_options"]?.contains("no_milters") == true
    }

    private mutating func noteHandedBack(_ service: MasterService, _ site: PostfixSite) {
        guard service.isForFilters else { return }
        if Self.isEmptied(service) {
            note(
                .signing,
                "\(service.key) takes mail from a content filter, without milters (no_milters): Postern signs before the "
                    + "filter. If that changes bodies or signed header fields, take no_milters away, and Postern signs "
                    + "once, after it.")
        } else {
            note(
                .limits,
                "\(service.key) takes mail from a content filter: a message passes Postern before and after it, is signed "
                    + "once, at the end, and counted once. Keep that port from anybody but the filter.")
        }
    }

    private mutating func noteSigners(_ milters: String) {
        let signers = ["opendkim", "dkimpy", ":8891", "amavis"].filter { milters.lowercased().contains($0) }
        guard let signer = signers.first else { return }
        note(
            .signing,
            "another milter may sign as well (\(signer)): two good signatures do no harm; to sign with Postern alone let "
                + "the other only verify (opendkim: Mode v).")
    }
}

extension MasterService {
    /// Whether it is where a content filter hands mail back: its own filter is switched off, or it does without milters.
    var isForFilters: Bool {
        self[option: "content_filter"] == ""
            || self[option: "receive_override_options"]?.contains("no_milters") == true
    }
}
