// SPDX-License-Identifier: Apache-2.0
internal import PosternLab
internal import Synchronization

/// Somebody who has no part in an incident, and writes to somebody whose provider has none.
final class InnocentWriter: Sendable {
    private let lab: Lab
    private let begins = Mutex<[ContinuousClock.Instant]>([])

    init(lab: Lab) {
        self.lab = lab
    }

    /// Writes one message.
    func write() async throws {
        let number = begins.withLock { begins in
            begins.append(.now)
            return begins.count
        }
        try await lab.submit(
            "Message-ID: <lunch\(number)@lab.example>\n"
                + Letter.text(from: "bob@lab.example", to: "carol@other.example", "lunch \(number)"),
            from: "bob@lab.example", to: ["carol@other.example"], login: .bob)
    }

    /// Waits for all of them.
    /// - Returns: How long the slowest took from the beginning of its submission.
    func slowest() async throws -> Duration {
        let begins = begins.withLock { $0 }
        let arrived = try await lab.received(by: "other", count: begins.count).filter {
            $0.recipients == ["carol@other.example"]
        }
        return zip(begins, arrived.map(\.time)).map { $0.duration(to: $1) }.max() ?? .zero
    }
}
