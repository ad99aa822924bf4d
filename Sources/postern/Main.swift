// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer

/// The program: one executable for the daemon and all commands.
@main
enum Main {
    static func main() async {
        do {
            var command = try Postern.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let exit as ExitStatus {
            leave(exit)
        } catch {
            let code = Postern.exitCode(for: error)
            let text = Postern.fullMessage(for: error)
            if code.isSuccess {
                print(text)
                leave(.good)
            }
            Terminal.complain(text)
            leave(code == .validationFailure ? .usage : .finding)
        }
    }
}

struct Postern: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postern",
        abstract: "Signs, limits and keeps your outbound mail beside Postfix.",
        discussion: "Exit codes: 0 good, 1 finding, 2 usage, 69 the daemon is not reachable, 78 configuration.",
        version: Version.text,
        subcommands: [
            Serve.self, QueueHelperCommand.self, Status.self, ListingsCommand.self, Pause.self, Resume.self,
            ProbeCommand.self, Delist.self, Top.self, Report.self, Rejections.self, Senders.self,
            Why.self, Held.self, Free.self, Drop.self, Enforce.self, Observe.self, Explain.self, ReplayLogs.self,
            Check.self, LimitCommands.self, DKIMCommands.self, ImportCommands.self, Config.self, AlertsCommands.self,
            SetupCommand.self,
        ])
}
