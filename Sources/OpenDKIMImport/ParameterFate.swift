// SPDX-License-Identifier: Apache-2.0

/// What becomes of a parameter that is not carried over by itself.
struct ParameterFate {
    let weight: ImportNote.Weight
    let text: String

    /// What becomes of a parameter, by its name; `nil` for one that opendkim.conf(5) does not have.
    init?(_ name: String) {
        let name = name.lowercased()
        for (names, weight, text) in Self.fates where names.contains(name) {
            self.weight = weight
            self.text = text
            return
        }
        return nil
    }

    /// Those that are carried over, or read on the way.
    static let carried: Set<String> = [
        "basedirectory", "canonicalization", "domain", "internalhosts", "keyfile", "keytable", "minimumkeybits", "mode",
        "multiplesignatures", "on-default", "on-internalerror", "on-signatureerror", "oversignheaders", "selector",
        "signaturealgorithm", "signaturettl", "signingtable", "subdomains",
    ]

    private static let fates: [(names: Set<String>, weight: ImportNote.Weight, text: String)] = [
        (
            [
                "autorestart", "autorestartcount", "autorestartrate", "background", "changerootdirectory",
                "enablecoredumps", "pidfile", "softstart", "umask", "userid",
            ], .unneeded, "the service manager's business (postern.service)"
        ),
        (
            ["socket"], .unneeded,
            "Postern listens at milter.socket; smtpd_milters and non_smtpd_milters in main.cf must name that"
        ),
        (
            ["logresults", "logwhy", "milterdebug", "syslog", "syslogfacility", "syslogname", "syslogsuccess"],
            .unneeded, "what happens is logged, counted, and told by postern status and postern why"
        ),
        (
            ["externalignorelist"], .unneeded,
            "mail that was not submitted here is not signed, and nothing is logged of it"
        ),
        (
            ["requiresafekeys"], .unneeded, "key files that others can read are refused: chown root:postern, chmod 640"
        ),
        (
            ["diagnosticdirectory", "disablecryptoinit", "keeptemporaryfiles", "stricttestmode", "temporarydirectory"],
            .unneeded, "Postern has no such thing, and needs none"
        ),
        (
            [
                "allowsha1only", "alwaysaddarheader", "authservid", "authservidwithjobid", "bogusdnssec", "boguskey",
                "captureunknownerrors", "clockdrift", "diagnostics", "dnsconnect", "dnstimeout", "keepauthresults",
                "maximumsignaturestoverify", "minimum", "mustbesigned", "nameservers", "noheaderb", "on-badsignature",
                "on-dnserror", "on-keynotfound", "on-nosignature", "on-security", "quarantine", "querycache",
                "redirectfailuresto", "removearall", "removearfrom", "reportaddress", "reportbccaddress",
                "requestreports", "resolverconfiguration", "resolvertracing", "sendreports", "singleauthresult",
                "softwareheader", "statistics", "statisticsname", "statisticsprefix", "trustanchorfile",
                "trustsignaturesfrom", "unprotectedkey", "unprotectedpolicy",
            ], .unneeded,
            "it is about checking mail that comes in, which Postern does not do: leave that to a spam filter"
        ),
        (
            ["dontsignmailto", "exemptdomains", "peerlist"], .lost,
            "no counterpart: such mail is signed where its author's domain is ours"
        ),
        (
            [
                "maclist", "macrolist", "mta", "popdbfile", "setuppolicyscript", "screenpolicyscript",
                "finalpolicyscript",
            ],
            .lost,
            "no counterpart: signed is what a login, this host or a trusted network submits (senders, domain.logins)"
        ),
        (
            [
                "omitheaders", "signheaders", "senderheaders", "selectcanonicalizationheader", "requiredheaders",
                "strictheaders", "maximumheaders",
            ], .lost, "no counterpart: the author is From, and signed is what RFC 6376 §5.4.1 and RFC 8058 recommend"
        ),
        (
            ["bodylengthdb", "maximumsignedbytes"], .lost,
            "no counterpart: l= lets strangers add to a signed message, and is not written"
        ),
        (
            ["identityheader", "identityheaderremove"], .lost, "no counterpart: i= is not written"
        ),
        (
            [
                "sendermacro", "resignall", "resignmailto", "vbr-certifiers", "vbr-purgefields",
                "vbr-trustedcertifiers",
                "vbr-trustedcertifiersonly", "vbr-type", "removeoldsignatures", "redirect", "fixcrlf",
                "domainkeyscompat",
                "replaceheaders", "replacerules", "smtpuri", "mtacommand", "ignoremalformedmail", "weaksyntaxchecks",
            ],
            .lost, "no counterpart"
        ),
        (
            [
                "ldapauthmechanism", "ldapauthname", "ldapauthrealm", "ldapauthuser", "ldapbindpassword",
                "ldapbinduser",
                "ldapdisablecache", "ldapkeepaliveidle", "ldapkeepaliveinterval", "ldapkeepaliveprobes", "ldaptimeout",
                "ldapusetls",
            ], .lost, "keys and domains stand in postern.toml, not in a directory server"
        ),
    ]
}
