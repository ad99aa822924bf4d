// SPDX-License-Identifier: Apache-2.0
internal import Ledger

extension StatusBoard {
    /// Has the ledger keep what the parts did since the last time.
    func recordDeeds() {
        mail.deeds.drain(at: now)
    }
}
