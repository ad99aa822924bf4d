// SPDX-License-Identifier: Apache-2.0
import MilterClient
import PosternLab
import Testing

private let message = "From: alice@lab.example\nTo: bob@gmail.com\nSubject: hello\n\nhello\n"

@Suite(.serialized) struct `A daemon under hostile peers` {
    @Test func `lives through ten thousand malformed conversations, and signs the next message`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            let postern = try await Postern.start(in: lab)
            let socket = MilterEndpoint.unix(path: lab.path(of: "/var/spool/postfix/postern/milter"))
            var nonsense = MilterNonsense(seed: 20_261_124)
            for _ in 0..<10_000 {
                let channel = try MilterChannel(to: socket)
                // The daemon may have closed already.
                try? channel.send(nonsense.sequence())
            }
            #expect(postern.program.exit == nil)
            try await lab.submit(message, from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            let mail = try await lab.received(by: "gmail")
            #expect(mail.first?.signatureCount == 2)
        }
    }

    @Test func `does not let other users of the host to its sockets`() async throws {
        try await Lab.with { lab in
            try await Postern.install(in: lab)
            _ = try await Postern.start(in: lab)
            for socket in ["/run/postern/status.sock", "/var/spool/postfix/postern/milter"] {
                let asked = try await lab.run(
                    ["/usr/bin/curl", "-s", "--max-time", "5", "--unix-socket", socket, "http://postern/v1/status"],
                    as: "bob")
                #expect(!asked.isSuccess, "\(socket): \(asked)")
            }
        }
    }
}
