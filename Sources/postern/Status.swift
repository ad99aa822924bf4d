// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer

struct Status: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "How the daemon is, in one look.")

    @OptionGroup var socket: StatusSocket
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        if json {
            return print(String(decoding: try await socket.ask { try await $0.get("/v1/status") }, as: UTF8.self))
        }
        let report = try await socket.ask { try await $0.get("/v1/status", as: StatusReport.self) }
        print(Terminal.styled(report.version, .bold) + ", pid \(report.pid), up \(report.uptime) s")
        print("signing    \(report.signing.mode): \(report.signing.signed) messages signed")
        for (key, count) in report.signing.signatures.sorted(by: <) {
            print("           \(Terminal.harmless(key))  \(count)")
        }
        for (reason, count) in report.signing.unsigned.sorted(by: <) {
            print("           unsigned, \(Terminal.harmless(reason))  \(count)")
        }
        print(
            "limits     \(report.limits.mode): \(report.limits.held) messages held, "
                + "\(report.limits.refusedRecipients) recipients and \(report.limits.refusedMessages) messages refused, "
                + "\(report.limits.observed) over a limit that only observes")
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
