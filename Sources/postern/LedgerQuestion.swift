// SPDX-License-Identifier: Apache-2.0
internal import Ledger

/// Questions to the ledger, of a daemon that runs or does not.
enum LedgerQuestion {
    /// What the ledger of a directory answers; if it does not, that is said, and the process ends.
    static func ask<Answer>(
        _ directory: String, _ question: (LedgerReader) throws(LedgerError) -> Answer
    ) throws -> Answer {
        do throws(LedgerError) {
            return try question(try LedgerReader(directory: directory))
        } catch {
            Terminal.complain("postern: \(Terminal.harmless(error.description))")
            switch error {
            case .missing: throw ExitStatus.configuration
            case .newerSchema, .olderSchema, .damaged, .unavailable: throw ExitStatus.finding
            }
        }
    }
}
