// SPDX-License-Identifier: Apache-2.0

/// What `postern config …` prints for Postfix, asked once: it is the same in each lab, and proving the rules takes a second.
actor ConfigurationTexts {
    private var asked: [String: Task<String, any Error>] = [:]

    /// What the command prints in a lab where Postern is configured.
    func text(of command: String, in lab: Lab) async throws -> String {
        if let known = asked[command] { return try await known.value }
        let task = Task {
            let arguments = [try Executables.path(of: "postern"), "config", command]
            let result = try await lab.run(arguments)
            guard result.isSuccess else { throw LabFailure.program(arguments, result) }
            return result.text
        }
        asked[command] = task
        do {
            return try await task.value
        } catch {
            asked[command] = nil
            throw error
        }
    }
}
