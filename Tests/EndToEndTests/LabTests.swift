// SPDX-License-Identifier: Apache-2.0
import PosternLab
import Testing

@Suite struct `A lab` {
    @Test func `takes mail by submission with login and delivers it`() async throws {
        try await Lab.with { lab in
            let submission = try await lab.submit(
                "Subject: hello\n\nhello\n", from: "alice@lab.example", to: ["bob@gmail.com"], login: .alice)
            #expect(submission.isAccepted, "\(submission)")
            let mail = try await lab.received(by: "gmail")
            #expect(mail.map(\.recipients) == [["bob@gmail.com"]])
            try await lab.log(contains: "to=<bob@gmail.com>", "status=sent")
        }
    }
}
