// SPDX-License-Identifier: Apache-2.0

/// Debian's Postfix inside, with its paths, its master.cf and its chroots as the package installs them.
struct PostfixServer: Sendable {
    let world: World

    /// Writes the configuration of a fresh "Internet Site", with submission on port 587 and the lab's names and addresses.
    func install(_ configuration: Lab.Configuration) async throws {
        let main = try await world.read("/usr/share/postfix/main.cf.debian")
        try await world.write(main + Self.main.utf8, to: "/etc/postfix/main.cf")
        let master = try await world.read("/usr/share/postfix/master.cf.dist")
        try await world.write(master + Self.master.utf8, to: "/etc/postfix/master.cf")
        try await world.write("\(Place.domain)\n", to: "/etc/mailname")
        try await world.write("postmaster: root\nabuse: root\nroot: alice\n", to: "/etc/aliases")
        try await makeQueueDirectories()
        try await fillChroot()
        try await world.makeDirectory("/var/spool/postfix/postern", mode: 0o2710, owner: "postern:postfix")
        try await set(
            configuration.postconf, services: configuration.services, parameters: configuration.serviceParameters)
        try await world.require(["/usr/sbin/postalias", "hash:/etc/aliases"])
        try await addLogins(configuration.logins)
    }

    /// Changes main.cf (`postconf -e`), and master.cf (`postconf -M`, `postconf -P`).
    ///
    /// A reload is the caller's.
    func set(_ settings: [String], services: [String] = [], parameters: [String] = []) async throws {
        for (option, values) in [("-e", settings), ("-M", services), ("-P", parameters)] where !values.isEmpty {
            try await world.require(["/usr/sbin/postconf", option] + values)
        }
        // Every program of Postfix waits until main.cf is older than a moment, lest it read half of it (read_main_conf of
        // mail_conf.c, 3.7). That is 0.3 s a program.
        try await world.require([
            "/usr/bin/touch", "-d", "1 minute ago", "/etc/postfix/main.cf", "/etc/postfix/master.cf",
        ])
    }

    /// `postfix reload`, `stop`, ….
    func control(_ verb: String) async throws { try await control(["/usr/sbin/postfix", verb]) }

    private func control(_ arguments: [String]) async throws {
        var result = try await world.run(arguments)
        guard !result.isSuccess else { return }
        // Without a terminal, Postfix gives its reasons to the log alone.
        result.errors += (try? await world.read("/var/log/mail.log")) ?? []
        throw LabFailure.program(arguments, result)
    }

    /// Starts it as the last line of `postfix start` does, and waits until it listens.
    ///
    /// What that script looks after before, with some 130 processes, cannot be wrong in a queue just made.
    func start() async throws { try await control(["/usr/lib/postfix/sbin/master", "-w"]) }

    /// Makes what the package lists for `postfix start` to make: `$queue_directory/maildrop:d:$mail_owner:$setgid_group:730:uc`.
    private func makeQueueDirectories() async throws {
        let list = String(decoding: try await world.read("/etc/postfix/postfix-files"), as: UTF8.self)
        for line in list.split(separator: "\n") where line.hasPrefix("$queue_directory/") {
            let fields = line.split(separator: ":").map(String.init)
            guard fields.count >= 5, fields[1] == "d", let mode = UInt32(fields[4], radix: 8) else { continue }
            let owner = fields[2] == "$mail_owner" ? "postfix" : fields[2]
            let group = fields[3] == "$setgid_group" ? ":postdrop" : ""
            let path = fields[0].replacing("$queue_directory", with: "/var/spool/postfix")
            try await world.makeDirectory(path, mode: mode, owner: owner + group)
        }
    }

    /// What Debian's configure-instance.sh copies at each start, as far as programs of Postfix look at it here.
    private func fillChroot() async throws {
        try await world.makeDirectory("/var/spool/postfix/etc")
        for name in ["resolv.conf", "hosts", "nsswitch.conf", "services", "host.conf", "localtime"] {
            guard let bytes = try? await world.read("/etc/\(name)") else { continue }
            try await world.write(bytes, to: "/var/spool/postfix/etc/\(name)")
        }
    }

    /// Users of Cyrus SASL's own database: Debian's way is a copy in smtpd's chroot, readable for group sasl.
    private func addLogins(_ logins: [Login]) async throws {
        try await world.write(
            "pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\n",
            to: "/etc/postfix/sasl/smtpd.conf")
        guard !logins.isEmpty else { return }
        try await world.remove("/etc/sasldb2")
        for login in logins {
            let parts = login.user.split(separator: "@", maxSplits: 1).map(String.init)
            let realm = parts.count == 2 ? parts[1] : Place.domain
            try await world.require(
                ["/usr/sbin/saslpasswd2", "-p", "-c", "-u", realm, parts.first ?? ""], input: login.password)
        }
        let database = try await world.read("/etc/sasldb2")
        try await world.write(database, to: "/var/spool/postfix/etc/sasldb2", mode: 0o640, owner: "root:sasl")
        try await world.addMember("postfix", toGroup: "sasl")
    }

    /// What Debian's installer adds to main.cf for an "Internet Site", and what makes it this lab's.
    ///
    /// `inet_interfaces` is not "all": the mail exchangers' addresses are of this host too, and Postfix would take them for its own.
    private static let main = """

        smtpd_relay_restrictions = permit_mynetworks permit_sasl_authenticated defer_unauth_destination
        myhostname = \(Place.hostName)
        alias_maps = hash:/etc/aliases
        alias_database = hash:/etc/aliases
        myorigin = /etc/mailname
        mydestination = $myhostname, \(Place.domain), localhost.\(Place.domain), localhost
        relayhost =
        mynetworks = 127.0.0.0/8 [::ffff:127.0.0.0]/104 [::1]/128 10.9.0.0/24
        mailbox_size_limit = 0
        recipient_delimiter = +
        inet_interfaces = 127.0.0.1, [::1], \(Place.server), [\(Place.server6)]
        inet_protocols = all
        maillog_file = /var/log/mail.log
        smtp_bind_address = \(Place.server)
        smtp_bind_address6 = \(Place.server6)

        """

    /// The submission service that master.cf shows as a comment, but without TLS.
    private static let master = """
        submission inet n       -       y       -       -       smtpd
          -o syslog_name=postfix/submission
          -o smtpd_sasl_auth_enable=yes
          -o smtpd_reject_unlisted_recipient=no
          -o smtpd_relay_restrictions=
          -o smtpd_recipient_restrictions=permit_sasl_authenticated,reject
          -o milter_macro_daemon_name=ORIGINATING

        """
}
