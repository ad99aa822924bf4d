// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import PostfixTools

struct QueueHelperCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "queue-helper",
        abstract: "Act on Postfix's queue for the daemon; the only part that runs as root.",
        discussion: """
            Started by postern-queue-helper.socket, or by hand with --socket. It holds, releases, requeues and shows \
            messages by their queue IDs, deletes such as are on hold, and has qmgr start anew; for root and the daemon's \
            user only, and with a line on standard error for each act.
            """)

    @Option(help: "Listen here, where systemd does not.") var socket: String?
    @Option(help: "The daemon's user, who may ask beside root.") var user = "postern"
    @Option(help: "The configuration directory of the Postfix instance, where it is not the default one.")
    var postfixConfig: String?
    @Option(help: "Where postsuper is.") var commandDirectory = "/usr/sbin"

    func run() throws {
        // A peer that goes away is an error of that write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        guard geteuid() == 0 else {
            Terminal.complain("postern queue-helper: must run as root")
            throw ExitStatus.usage
        }
        let programs = PostfixPrograms(directory: commandDirectory, configuration: postfixConfig)
        // The number in brackets is a notice to systemd (sd-daemon(3)).
        let helper = QueueHelper(user: user, programs: programs) { Terminal.complain("<5>queue-helper: \($0)") }
        if helper.runActivated() { return }
        guard let socket else {
            Terminal.complain("postern queue-helper: systemd has handed over no socket; name one with --socket")
            throw ExitStatus.usage
        }
        do throws(CommandError) {
            try helper.run(at: socket)
        } catch {
            Terminal.complain("postern: \(error)")
            throw ExitStatus.finding
        }
    }
}
