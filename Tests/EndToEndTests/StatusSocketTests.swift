// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite(.serialized) struct `The status socket` {
    private static let socket = "/run/postern/status.sock"

    /// What a user who is in these groups alone gets from curl(1).
    private func ask(_ lab: Lab, groups: String?, _ arguments: String...) async throws -> ProgramResult {
        let membership = groups.map { ["--groups", $0] } ?? ["--clear-groups"]
        return try await lab.run(
            ["/usr/bin/setpriv", "--reuid", "nobody", "--regid", "nogroup"] + membership
                + ["/usr/bin/curl", "-s", "--unix-socket", Self.socket] + arguments)
    }

    @Test func `lets its group read and not act, the group for orders act, and nobody else in`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[status]\nactions-group = \"adm\"\n")
            let postern = try await Postern.start(in: lab)

            let stranger = try await ask(lab, groups: nil, "http://postern/v1/status")
            #expect(!stranger.isSuccess, "\(stranger)")
            let reader = try await ask(lab, groups: "postern", "http://postern/v1/status")
            #expect(reader.text.contains("\"version\""), "\(reader)")
            let refused = try await ask(lab, groups: "postern", "-X", "POST", "http://postern/v1/reload")
            #expect(refused.text.contains("nobody may read and not act"), "\(refused)")
            let member = try await ask(lab, groups: "postern,adm", "-X", "POST", "http://postern/v1/reload")
            #expect(member.text.contains("\"applied\":true"), "\(member)")
            try await postern.program.says { $0.contains("nobody (uid 65534): reload") }
        }
    }

    @Test func `serves the commands that change a mode: they ask, write the file and have it read`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            try await Postern.configure(in: lab, more: "[modes]\nlimits = \"observe\" # for now\n")
            let postern = try await Postern.start(in: lab)
            let asked = try await postern.command("enforce", "limits", input: Array("n\n".utf8))
            #expect(asked.text.contains("nothing was changed"), "\(asked)")
            let done = try await postern.command("enforce", "limits", "--yes")
            #expect(done.isSuccess, "\(done)")
            try await postern.status { $0.contains(#""mode":"enforce","observed""#) }
            let text = try await lab.run(["/bin/cat", Postern.configurationFile]).text
            #expect(text.contains("limits = \"enforce\" # for now\n"), "\(text)")
            let report = try await postern.command("report", "--days", "1")
            #expect(report.text.contains("limits     enforce: 0 messages held"), "\(report)")
        }
    }
}
