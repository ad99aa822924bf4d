// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A directory with configurations by which each policy service counts the recipients of a login under three rates that
/// no measurement reaches, and answers DUNNO.
struct PolicyScratch {
    private let files: ScratchFiles

    init() throws {
        files = try ScratchFiles()
        let directory = files.directory
        for (name, place) in [("postern.toml", "policy"), ("milter.toml", "milter")] {
            try files.write(Self.postern(in: directory, named: place, limitsAt: place), to: name)
        }
        try files.write(Self.postern(in: directory, named: "off", limits: "off", limitsAt: "milter"), to: "off.toml")
        try files.write(
            """
            id=LIMIT; protocol_state=RCPT; sasl_username=~/./; \
            action=rate(sasl_username/100000000/86400/450 4.7.1 too many recipients)

            """, to: "postfwd.cf")
        try files.write(
            """
            debug: False
            user: root
            group: root
            pidfile: "\(path("ratelimit.pid"))"
            backend: 0
            sqlite_config:
                database: "\(path("ratelimit.db"))"
            SOCKET: "\(path("policyd-rate-limit"))"
            socket_permission: 0666
            limits:
                - [100000000, 600]
                - [100000000, 3600]
                - [100000000, 86400]
            limits_by_id: {}
            limit_by_sasl: True
            limit_by_sender: False
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

            """, to: "policyd-rate-limit.yaml")
    }

    func path(_ name: String) -> String { files.path(name) }

    func remove() { files.remove() }

    private static func postern(
        in directory: String, named name: String, limits: String = "enforce", limitsAt place: String
    ) -> String {
        """
        [modes]
        signing = "off"
        limits = "\(limits)"
        [milter]
        socket = "unix:\(directory)/\(name).milter"
        [policy]
        socket = "unix:\(directory)/\(name)"
        limits-at = "\(place)"
        [status]
        socket = "\(directory)/\(name).status"
        [store]
        directory = "\(directory)"
        [mail-log]
        source = "none"
        [[limit]]
        senders = "login"
        rates = ["100000000/10m", "100000000/1h", "100000000/1d"]
        over = "hold"

        """
    }
}
