// SPDX-License-Identifier: Apache-2.0
import Ledger
import Synchronization

/// What a ledger told its operator.
final class Conditions: Sendable {
    private let told = Mutex<[LedgerCondition]>([])

    var all: [LedgerCondition] { told.withLock { $0 } }

    func tell(_ condition: LedgerCondition) { told.withLock { $0.append(condition) } }
}
