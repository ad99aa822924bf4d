// SPDX-License-Identifier: Apache-2.0
internal import PostfixTools

extension SetupPlan {
    /// What is said of the mail that is submitted here.
    mutating func noteMail(_ site: PostfixSite, _ request: SetupRequest) {
        if let filter = site.values["content_filter"], !filter.isEmpty,
            !site.services.contains(where: \.isForFilters)
        {
            note(
                .signing,
                "content_filter is \(filter), and no service of master.cf looks like the one where it hands mail back: "
                    + "make sure that Postern's milter is on one side of it at least.")
        }
        for service in site.services where service[option: "smtpd_sasl_auth_enable"] == "yes" {
            let isUnchrooted = service.chroot == "n"
            note(
                .limits,
                "\(service.key) takes logins: each has limits of its own and is signed for"
                    + (isUnchrooted
                        ? "; it is not chrooted, and finds the milter below the queue directory all the same" : "")
                    + ".")
        }
        for manager in site.host.listManagers {
            note(
                .limits,
                "\(manager) is installed: say by which user or address it hands in its mail, [[sender-class]] with class "
                    + "\"list\", or a large list looks like a burst. Mail whose From it leaves as it is stays unsigned."
            )
        }
        if (site.values["internal_mail_filter_classes"] ?? "").isEmpty {
            note(
                .signing,
                "Postfix's own notices pass no milter; to have them signed: "
                    + "postconf -e 'internal_mail_filter_classes = bounce, notify'")
        }
    }

    /// What is said of the ways that mail takes out of here, and of the log that tells of them.
    mutating func noteWays(_ site: PostfixSite, _ request: SetupRequest) {
        let values = site.values
        if !request.wiresListings, let reason = values.otherRouting {
            note(.listings, "\(reason): listings can only be told of here.")
        }
        if request.wiresListings, values.delayWarning == nil, values.otherRouting == nil {
            note(
                .listings,
                "senders are not told when their mail waits; to tell them after four hours: "
                    + "postconf -e 'delay_warning_time = 4h'")
        }
        if !values.otherInstances.isEmpty {
            note(
                .postfix,
                "Postfix has further instances (\(values.otherInstances.joined(separator: ", "))); this is about "
                    + "\(values.configurationDirectory) alone. Another one is wired by hand, with a milter socket that both "
                    + "reach (inet:).")
        }
        let relayed = site.text("relay_domains")
        if !relayed.isEmpty, relayed != "$mydestination" {
            note(
                .limits,
                "relay_domains is \(relayed): mail for these is taken in, not sent out; it is neither limited, nor signed, "
                    + "nor routed by Postern.")
        }
        if site.host.publicAddresses.count > 1, (values["smtp_bind_address"] ?? "").isEmpty {
            note(
                .listings,
                "this host has several addresses (\(site.host.publicAddresses.joined(separator: ", "))) and "
                    + "smtp_bind_address is not set: a listing may be of any of them.")
        }
    }
}
