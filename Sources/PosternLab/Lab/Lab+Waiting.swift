// SPDX-License-Identifier: Apache-2.0

extension Lab {
    /// Waits until a line of the mail log matches.
    ///
    /// The whole log counts, or only what follows `position`, see `mailLog.position`.
    /// - Throws: `LabFailure.late` with the end of the log.
    /// - Returns: The first such line.
    @discardableResult
    public func log(
        from position: Int = 0, within limit: Duration = .seconds(60),
        where matches: @escaping @Sendable (String) -> Bool
    ) async throws -> String {
        try await explaining {
            try await mailLog.wait(for: "such line of the mail log", from: position, within: limit, where: matches)
                .first ?? ""
        }
    }

    /// Waits until a line of the mail log contains all these texts.
    @discardableResult
    public func log(
        contains texts: String..., from position: Int = 0, within limit: Duration = .seconds(60)
    ) async throws -> String {
        try await explaining {
            let wish = "line of the mail log with \(texts.map { "\"\($0)\"" }.joined(separator: " and "))"
            return try await mailLog.wait(for: wish, from: position, within: limit) { line in
                texts.allSatisfy { line.contains($0) }
            }.first ?? ""
        }
    }

    /// Waits until a mail exchanger, or those of a provider together, have taken so many messages since the lab began.
    /// - Throws: `LabFailure.late` with the end of the mail log.
    /// - Returns: All they have taken.
    @discardableResult
    public func received(
        by name: String, count: Int = 1, within limit: Duration = .seconds(60)
    ) async throws -> [ReceivedMail] {
        try await explaining {
            try await mx.mail.wait(for: "\(count) messages at \(name)", count: count, within: limit) {
                $0.host.name == name || $0.host.provider == name
            }
        }
    }

    /// Waits until clients have come so often to a stage of a mail exchanger, or of those of a provider together.
    /// - Throws: `LabFailure.late` with the end of the mail log.
    /// - Returns: All that came.
    @discardableResult
    public func attempts(
        at stage: MXStage, of name: String, count: Int = 1, within limit: Duration = .seconds(60)
    ) async throws -> [MXAttempt] {
        try await explaining {
            try await mx.attempts.wait(
                for: "\(count) attempts at \(stage.rawValue) of \(name)", count: count, within: limit
            ) {
                $0.stage == stage && ($0.host.name == name || $0.host.provider == name)
            }
        }
    }

    private func explaining<Answer>(_ body: () async throws -> Answer) async throws -> Answer {
        do {
            return try await body()
        } catch let failure as LabFailure {
            throw failure.with(seen: mailLog.entries().suffix(60).map { $0 + "\n" }.joined())
        }
    }
}
