// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc

struct SetupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup",
        abstract: "Attach Postern to the Postfix of this host, or take that back.",
        discussion: """
            Shows every change of main.cf and master.cf and asks before it makes any. Milters, routes and restrictions that \
            are there stay. Makes DKIM keys for domains that have none, and writes into the configuration where the mail log \
            is read and what main.cf says of networks and domains. What it does not understand it leaves alone, and prints \
            what to do by hand; the exit code is then 1. A second run has nothing to do.

            --undo puts main.cf and master.cf back, byte for byte, unless somebody has changed them since: then only the \
            changes made here are taken back. Keys, the configuration and the state stay.
            """)

    @OptionGroup var file: ConfigurationFile
    @Flag(name: .shortAndLong, help: "Do not ask.") var yes = false
    @Flag(help: "Show what would be changed; change nothing.") var dryRun = false
    @Flag(help: "Take back what setup has changed of Postfix's files.") var undo = false
    @Flag(help: "Wire routes, probes and the status filter too, so that `postern enforce listings` can act.")
    var listings = false
    @Option(
        name: .customLong("domain"),
        help: "A domain to sign for; may be given more than once. Without it, those that main.cf receives mail for.")
    var domains: [String] = []
    @Option(help: "The configuration directory of the Postfix instance, where it is not the default one.")
    var postfixConfig: String?

    func validate() throws {
        guard !undo || !listings && domains.isEmpty else {
            throw ValidationError("--undo takes back all that was set up; it takes no --listings or --domain")
        }
    }

    func run() async throws {
        guard geteuid() == 0 else {
            Terminal.complain("postern setup: must run as root")
            throw ExitStatus.usage
        }
        do {
            let survey = PostfixSurvey(directory: postfixConfig)
            if undo { return try SetupUndoRun(survey: survey, isAgreed: isAgreed).run() }
            try SetupRun(
                survey: survey, path: file.path, wiresListings: listings, domains: domains.map { $0.lowercased() },
                isAgreed: isAgreed
            ).run()
        } catch let status as ExitStatus {
            throw status
        } catch {
            Terminal.complain("postern setup: \(error)")
            throw ExitStatus.finding
        }
    }

    /// Whether the changes just shown may be made.
    private func isAgreed() -> Bool {
        if dryRun {
            print("\nnothing was changed (--dry-run)")
            return false
        }
        if yes { return true }
        print("\nMake these changes? [y/N] ", terminator: "")
        fflush(nil)
        let isAgreed = readLine().map { ["y", "yes"].contains($0.lowercased()) } ?? false
        if !isAgreed { print("nothing was changed") }
        return isAgreed
    }
}
