// SPDX-License-Identifier: Apache-2.0
import PostfixTools
import Setup

/// Sites to begin with: Debian's Postfix as an "Internet Site", and what administrators make of it.
enum Sites {
    /// The services of Debian's master.cf that matter here.
    static let master = """
        smtp       inet  n       -       y       -       -       smtpd
        cleanup    unix  n       -       y       -       0       cleanup
        qmgr       unix  n       -       n       300     1       qmgr
        rewrite    unix  -       -       y       -       -       trivial-rewrite
        smtp       unix  -       -       y       -       -       smtp
        relay      unix  -       -       y       -       -       smtp -o syslog_name=postfix/relay
        """

    /// Debian's Postfix with these parameters of main.cf, and further services of master.cf.
    static func debian(
        _ written: [String: String] = [:], services: String = "", master: String = master, host: HostFacts = HostFacts()
    ) -> PostfixSite {
        let defaults = [
            "mail_version": "3.7.11", "queue_directory": "/var/spool/postfix", "config_directory": "/etc/postfix",
            "myhostname": "mail.example.com", "mydomain": "example.com", "myorigin": "/etc/mailname",
            "mydestination": "mail.example.com, example.com, localhost.example.com, localhost",
            "mynetworks": "127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128", "default_transport": "smtp",
        ]
        return PostfixSite(
            written: written, values: PostfixParameters(defaults.merging(written) { $1 }),
            services: MasterService.read(master + "\n" + services), host: host)
    }

    /// The same site after a plan was carried out, as postconf would then print it.
    static func after(_ plan: SetupPlan, _ site: PostfixSite) -> PostfixSite {
        var site = site
        for edit in plan.edits {
            switch edit {
            case .parameter(let name, _, let after, _): site.written[name] = after
            case .service(_, let entry): site.services += MasterService.read(entry)
            case .option(let key, let name, _, let after, _):
                site.services = site.services.map { service in
                    guard service.key == key else { return service }
                    let kept = service.options.filter { $0.name != name }.map { " -o {\($0.name)=\($0.value)}" }
                    let line =
                        "\(service.name) \(service.type) - - \(service.chroot) - - \(service.program)"
                        + kept.joined() + " -o {\(name)=\(after)}"
                    return MasterService(line) ?? service
                }
            }
        }
        return site
    }
}

extension SetupPlan {
    /// What postconf would be called with, one after the other.
    var lines: [String] { edits.map(\.line) }

    /// The plan for a site, with or without the listings.
    static func make(_ site: PostfixSite, listings: Bool = false) -> SetupPlan {
        var request = SetupRequest()
        request.wiresListings = listings
        return SetupPlan(for: site, request)
    }
}
