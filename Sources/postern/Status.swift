// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer
internal import StatusModel

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "How the daemon is, in one look.")

    @OptionGroup var socket: StatusSocket
    @Flag(help: "As JSON.") var json = false
    @OptionGroup var watching: Watching

    func run() async throws {
        try await watching.run { try await show() }
    }

    private func show() async throws {
        if json {
            return print(String(decoding: try await socket.ask { try await $0.get("/v1/status") }, as: UTF8.self))
        }
        let report = try await socket.ask { try await $0.get("/v1/status", as: StatusReport.self) }
        print(Terminal.styled(report.version, .bold) + ", pid \(report.pid), up \(report.uptime) s")
        show(report.signing)
        show(report.limits)
        if let mailLog = report.mailLog { show(mailLog) } else { print("mail log   not read: mail-log.source is none") }
    }

    private func show(_ signing: StatusReport.Signing) {
        print("signing    \(signing.mode): \(signing.signed) messages signed")
        for (key, count) in signing.signatures.sorted(by: <) { print("           \(Terminal.harmless(key))  \(count)") }
        for (reason, count) in signing.unsigned.sorted(by: <) {
            print("           unsigned, \(Terminal.harmless(reason))  \(count)")
        }
    }

    private func show(_ limits: StatusReport.Limits) {
        print(
            "limits     \(limits.mode): \(limits.held) messages held, \(limits.refusedRecipients) recipients and "
                + "\(limits.refusedMessages) messages refused, \(limits.observed) over a limit that only observes")
    }

    private func show(_ mailLog: MailLogReport) {
        let source = Terminal.harmless(mailLog.source)
        if let since = mailLog.blindSince {
            print("mail log   " + Terminal.styled("blind since \(since)", .red) + ": \(source)")
        } else {
            print("mail log   \(source): \(mailLog.lines) lines read")
        }
        let rows = mailLog.answers.sorted { $0.key < $1.key }.flatMap { provider, classes in
            classes.sorted { $0.value > $1.value }.map { [provider, $0.key, String($0.value)] }
        }
        if !rows.isEmpty { print(Table(["provider", "answer", "messages"], rows)) }
    }
}

/// The option that names the status socket.
struct StatusSocket: ParsableArguments {
    @Option(help: "The status socket.")
    var socket = "/run/postern/status.sock"

    /// What the daemon answers; if it does not, that is said, and the process ends with 69.
    func ask<Answer>(_ question: (StatusClient) async throws -> Answer) async throws -> Answer {
        do {
            return try await question(StatusClient(socket: socket))
        } catch let failure as StatusClient.Failure {
            Terminal.complain("postern: \(failure)")
            throw ExitStatus.unavailable
        }
    }
}
