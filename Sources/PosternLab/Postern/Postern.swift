// SPDX-License-Identifier: Apache-2.0

/// Postern in a lab, attached to its Postfix as an installation is: own user, directories, keys, milter socket.
public final class Postern: Sendable {
    /// The domain it signs for.
    public static let domain = Place.domain
    /// Where its configuration stands.
    public static let configurationFile = "/etc/postern/postern.toml"
    /// The value of `smtpd_milters` that attaches it, failing open.
    public static let milter =
        "{ unix:postern/milter, default_action=accept, connect_timeout=2s, command_timeout=3s, content_timeout=3s }"

    private let lab: Lab
    private let executable: String
    /// The running daemon.
    public let program: Program

    private init(lab: Lab, executable: String, program: Program) {
        self.lab = lab
        self.executable = executable
        self.program = program
    }

    /// Lays out directories and keys, publishes the keys in the lab's DNS, attaches Postfix; the daemon is not started.
    public static func install(in lab: Lab, milter: String = Postern.milter) async throws {
        try await lab.makeDirectory("/etc/postern/keys", mode: 0o750, owner: "root:postern")
        // Postfix goes through it to the routes.
        try await lab.makeDirectory("/var/lib/postern", mode: 0o751, owner: "postern:postern")
        try await lab.makeDirectory("/var/lib/postern/routes", mode: 0o2750, owner: "postern:postfix")
        try await lab.makeDirectory("/run/postern", mode: 0o750, owner: "postern:postern")
        try await lab.makeDirectory("/var/spool/postfix/postern", mode: 0o2710, owner: "postern:postfix")
        let executable = try Executables.path(of: "postern")
        try await require(lab, [executable, "dkim", "new", domain])
        try await configure(in: lab)
        try await publishKeys(in: lab)
        try await openMailLog(in: lab)
        try await attach(to: lab, milter: milter)
    }

    /// Publishes the keys of the configuration in the lab's DNS.
    public static func publishKeys(in lab: Lab) async throws {
        let executable = try Executables.path(of: "postern")
        let shown = try await require(lab, [executable, "dkim", "show", domain, "--one-line"])
        for line in shown.text.split(separator: "\n") {
            let parts = line.split(separator: "\t", maxSplits: 1)
            guard parts.count == 2 else { continue }
            try await lab.addRecord("\(parts[0]). 60 IN TXT \(strings(of: parts[1]))")
        }
    }

    /// Lets the daemon read the log: Debian's belongs to group adm, which the daemon is in; Postfix's own is root's alone.
    public static func openMailLog(in lab: Lab) async throws {
        try await require(lab, ["/bin/chgrp", "postern", "/var/log/mail.log"])
        try await require(lab, ["/bin/chmod", "640", "/var/log/mail.log"])
    }

    /// Writes the configuration: the lab's domain with both keys, its trusted networks, and what `more` adds; `senders`
    /// are further lines of that table.
    ///
    /// Alerts are not mailed unless `more` has a table for them: they would be messages among those that a test counts.
    public static func configure(in lab: Lab, senders: String = "", more: String = "") async throws {
        let text = """
            [senders]
            trusted-networks = ["127.0.0.0/8", "::1/128", "10.9.0.0/24"]
            \(senders)
            [mail-log]
            source = "/var/log/mail.log"
            [replies]
            shipped = "\(try rules)"
            [[domain]]
            name = "\(domain)"
            keys = [
              { selector = "s1", file = "/etc/postern/keys/\(domain).s1.pem" },
              { selector = "e1", file = "/etc/postern/keys/\(domain).e1.pem" },
            ]

            """
        let alerts = more.contains("[alerts]") ? "" : "[alerts]\nmail = []\n"
        try await lab.write(text + alerts + more + "\n", to: configurationFile)
    }

    /// The shipped reply rules, as the build lays them beside the executables.
    public static var rules: String {
        get throws {
            let executable = try Executables.path(of: "postern")
            let directory = executable.prefix(upTo: executable.lastIndex(of: "/") ?? executable.startIndex)
            return "\(directory)/postern_Replies.resources/Rules"
        }
    }

    /// Asks for the status until it is as wanted; what the daemon hears from the log comes a moment after it was written.
    @discardableResult
    public func status(
        within limit: Duration = .seconds(60), until isWanted: (String) -> Bool
    ) async throws -> String {
        let deadline = ContinuousClock.now + limit
        while true {
            let text = try await command("status", "--json").text
            if isWanted(text) { return text }
            guard ContinuousClock.now < deadline else {
                throw LabFailure.late("such status", within: limit, seen: text)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
    }

    /// Starts the daemon as its own user and waits until it serves.
    public static func start(in lab: Lab) async throws -> Postern {
        let executable = try Executables.path(of: "postern")
        let program = try await lab.start(
            [executable, "serve"], as: "postern", environment: ["SWIFT_BACKTRACE": "enable=no"])
        let daemon = Postern(lab: lab, executable: executable, program: program)
        // A busy host with many labs takes its time to prove the reply rules.
        try await program.says(within: .seconds(60)) { $0.contains(" runs ") }
        return daemon
    }

    /// Starts the helper that alone is root, which acts on the queue and has qmgr(8) begin anew.
    @discardableResult
    public static func startQueueHelper(in lab: Lab) async throws -> Program {
        let helper = try await lab.start(
            [try Executables.path(of: "postern"), "queue-helper", "--socket", "/run/postern-queue-helper.sock"],
            environment: ["SWIFT_BACKTRACE": "enable=no"])
        try await helper.says(within: .seconds(60)) { $0.contains("queue-helper: listening") }
        return helper
    }

    /// Runs one of its commands as root, to its end.
    @discardableResult
    public func command(_ arguments: String..., input: [UInt8] = []) async throws -> ProgramResult {
        try await command(arguments, input: input)
    }

    /// Runs one of its commands as root, to its end.
    @discardableResult
    public func command(_ arguments: [String], input: [UInt8] = []) async throws -> ProgramResult {
        try await lab.run([executable] + arguments, input: input)
    }

    /// Sends SIGHUP and waits for the outcome.
    public func reload() async throws {
        let position = program.lines.position
        program.signal(1)
        try await program.says(from: position, within: .seconds(60)) {
            $0.contains("configuration reloaded") || $0.contains("stays as it was")
        }
    }

    /// A TXT value in strings of 255 bytes at most (RFC 1035 §3.3).
    public static func strings(of value: Substring) -> String {
        var rest = value
        var strings: [String] = []
        while !rest.isEmpty {
            strings.append("\"\(rest.prefix(255))\"")
            rest = rest.dropFirst(255)
        }
        return strings.joined(separator: " ")
    }

    @discardableResult
    private static func require(_ lab: Lab, _ arguments: [String]) async throws -> ProgramResult {
        let result = try await lab.run(arguments)
        guard result.isSuccess else { throw LabFailure.program(arguments, result) }
        return result
    }
}
