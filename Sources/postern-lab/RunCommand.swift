// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import PosternLab

/// `postern-lab run`: a lab for as long as a command, or a shell, runs in it.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start a lab and run a command, or a shell, in it.",
        discussion: """
            Inside are Postfix on ports 25 and 587, unbound, and mail exchangers for hotmail.com, gmail.com, yahoo.com, gmx.de and \
            others. /etc/postfix, /var/log/mail.log, sendmail and postqueue are the lab's own. All is gone when the command ends.
            """)

    @Option(help: "A line for main.cf, as postconf -e takes it. May be repeated.")
    var postconf: [String] = []

    @Option(help: "A service for master.cf, as postconf -M takes it. May be repeated.")
    var service: [String] = []

    @Option(help: "A parameter of a service, as postconf -P takes it. May be repeated.")
    var serviceParameter: [String] = []

    @Option(
        help: ArgumentHelp(
            "A provider that refuses at MAIL FROM, and its reply. May be repeated.", valueName: "provider=reply"))
    var refuse: [Refusal] = []

    @Argument(parsing: .captureForPassthrough, help: "The command and its arguments; a shell if there is none.")
    var command: [String] = []

    func run() async throws {
        // ^C is for the command inside; when that ends, we clean up.
        signal(SIGINT, SIG_IGN)
        signal(SIGQUIT, SIG_IGN)
        let configuration = Lab.Configuration(
            postconf: postconf, services: service, serviceParameters: serviceParameter)
        let arguments = command.first == "--" ? Array(command.dropFirst()) : command
        let exit = try await Lab.with(configuration) { lab in
            for refusal in refuse { try lab.mx.script(refusal.provider, .refusing(refusal.reply, at: .mailFrom)) }
            guard arguments.isEmpty else { return try await lab.attach(arguments, environment: Self.environment) }
            print(Self.welcome)
            return try await lab.attach(["/bin/bash"], environment: Self.environment)
        }
        switch exit {
        case .exited(let status): throw ExitCode(status)
        // As shells tell it.
        case .killed(let number): throw ExitCode(128 + number)
        }
    }

    /// What a shell begins with.
    private static var welcome: String {
        """
        This is \(Place.hostName), \(Place.server). Mail goes to \(Set(MXHost.all.map(\.provider)).sorted().joined(separator: ", ")).
        Try: echo "Subject: hello" | sendmail bob@hotmail.com; cat /var/log/mail.log
        Users on port 587: \([Login.alice, .bob].map { "\($0.user) (\"\($0.password)\")" }.joined(separator: ", "))
        """
    }

    private static var environment: [String: String] {
        var variables = ["HOME": "/root"]
        if let terminal = getenv("TERM") { variables["TERM"] = String(cString: terminal) }
        return variables
    }
}
