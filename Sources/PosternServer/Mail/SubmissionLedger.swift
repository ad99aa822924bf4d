// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore

/// Writes each submission to the ledger: who sent how much, from where, and what became of it.
final class SubmissionLedger: SubmissionHearer {
    private let ledger: Ledger

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    func heard(_ submission: Submission) {
        ledger.record(.submitted(submission))
    }
}
