// SPDX-License-Identifier: Apache-2.0
internal import PosternLab

/// One measurement: so many messages in at once, until the last is delivered.
struct ThroughputRun {
    let lab: Lab
    let messages: Int
    let size: Int

    /// Messages a second.
    /// - Throws: `LabFailure` if some are not delivered.
    func rate() async throws -> Double {
        let position = lab.mailLog.position
        let began = ContinuousClock.now
        async let submitted = lab.run(
            [
                "/usr/sbin/smtp-source", "-s", "10", "-m", "\(messages)", "-l", "\(size)", "-f", "alice@lab.example",
                "-t", "bob@other.example", "\(Place.server):25",
            ], within: .seconds(300))
        _ = try await lab.mailLog.wait(
            for: "\(messages) deliveries", count: messages, from: position, within: .seconds(300)
        ) {
            $0.contains("status=sent")
        }
        let seconds = began.duration(to: .now)
        let result = try await submitted
        guard result.isSuccess else { throw LabFailure.program(["smtp-source"], result) }
        let (whole, attoseconds) = seconds.components
        return Double(messages) / (Double(whole) + Double(attoseconds) / 1e18)
    }
}
