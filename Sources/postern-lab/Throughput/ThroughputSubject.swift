// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// What stands beside a Postfix that is measured.
enum ThroughputSubject: String, CaseIterable {
    /// Nothing.
    case bare
    /// Postern with all its parts.
    case postern
    /// OpenDKIM, and policyd-rate-limit.
    case peers

    var title: String {
        switch self {
        case .bare: "bare"
        case .postern: "with Postern"
        case .peers: "with OpenDKIM and policyd-rate-limit"
        }
    }

    /// Deliveries go to one sink, and nothing waits for anything but the processor.
    var configuration: Lab.Configuration {
        let common = [
            "relayhost = [127.0.0.1]:2525", "mynetworks = 127.0.0.0/8 [::1]/128 \(Place.server)/32",
            "in_flow_delay = 0",
            "smtp_destination_concurrency_limit = 50", "initial_destination_concurrency = 20",
        ]
        switch self {
        case .bare, .postern: return .init(postconf: common)
        case .peers:
            return .init(
                postconf: common + [
                    "smtpd_milters = unix:opendkim/sock", "milter_default_action = tempfail",
                    "smtpd_recipient_restrictions = check_policy_service unix:ratelimit/sock, permit_mynetworks, reject",
                ])
        }
    }

    /// Starts what it needs.
    func prepare(_ lab: Lab) async throws {
        // As many at once as Postfix delivers.
        _ = try await lab.start(["/usr/sbin/smtp-sink", "-u", "nobody", "-c", "127.0.0.1:2525", "256"])
        switch self {
        case .bare: break
        case .postern: try await Self.startPostern(lab)
        case .peers: try await Self.startPeers(lab)
        }
    }

    private static let rates = [600, 3600, 86_400]
    private static let most = 100_000_000

    private static func startPostern(_ lab: Lab) async throws {
        try await Postern.install(in: lab)
        let rates = rates.map { "\"\(most)/\($0)s\"" }.joined(separator: ", ")
        try await Postern.configure(
            in: lab, senders: "",
            more: """
                [modes]
                limits = "enforce"
                listings = "enforce"
                [[limit]]
                senders = "trusted-host"
                rates = [\(rates)]
                """)
        let text = String(decoding: try await lab.read(Postern.configurationFile), as: UTF8.self)
            .replacing("\"10.9.0.0/24\"", with: "\"10.9.0.0/24\", \"\(Place.server)\"")
            // One signature, as the peer makes.
            .replacing("  { selector = \"e1\", file = \"/etc/postern/keys/\(Postern.domain).e1.pem\" },\n", with: "")
        try await lab.write(text, to: Postern.configurationFile)
        _ = try await Postern.start(in: lab)
    }

    private static func startPeers(_ lab: Lab) async throws {
        for name in ["opendkim", "ratelimit"] {
            try await lab.makeDirectory("/var/spool/postfix/\(name)", mode: 0o755)
        }
        try await lab.run(["/usr/bin/openssl", "genrsa", "-out", "/etc/opendkim.pem", "2048"])
        try await lab.write(
            """
            Mode s
            Socket local:/var/spool/postfix/opendkim/sock
            Domain \(Place.domain)
            Selector s1
            KeyFile /etc/opendkim.pem
            Canonicalization relaxed/relaxed
            OversignHeaders From,To,Cc,Subject,Date,Reply-To
            InternalHosts 0.0.0.0/0
            Syslog no
            UMask 000
            RequireSafeKeys no

            """, to: "/etc/opendkim-lab.conf")
        try await lab.write(
            """
            debug: False
            user: root
            group: root
            pidfile: "/run/ratelimit.pid"
            backend: 0
            sqlite_config:
                database: "/var/lib/ratelimit.db"
            SOCKET: "/var/spool/postfix/ratelimit/sock"
            socket_permission: 0666
            limits:
            \(rates.map { "    - [\(most), \($0)]" }.joined(separator: "\n"))
            limits_by_id: {}
            limit_by_sasl: False
            limit_by_sender: True
            limit_by_ip: False
            limited_networks: []
            success_action: "dunno"
            fail_action: "defer_if_permit Rate limit reach, retry later"
            db_error_action: "dunno"
            report: False
            report_from: null
            report_to: null
            report_subject: ""
            report_limits: [86400]
            report_only_if_needed: True
            smtp_server: ["localhost", 25]
            smtp_starttls: False
            smtp_credentials: null
            delay_to_close: 300

            """, to: "/etc/ratelimit-lab.yaml")
        _ = try await lab.start(["/usr/sbin/opendkim", "-f", "-x", "/etc/opendkim-lab.conf"])
        _ = try await lab.start(["/usr/bin/policyd-rate-limit", "--file", "/etc/ratelimit-lab.yaml"])
        for name in ["opendkim", "ratelimit"] {
            let deadline = ContinuousClock.now + .seconds(20)
            while try await !lab.run(["/usr/bin/test", "-S", "/var/spool/postfix/\(name)/sock"]).isSuccess {
                guard ContinuousClock.now < deadline else {
                    throw LabFailure.late("socket of \(name)", within: .seconds(20), seen: "")
                }
            }
        }
    }
}
