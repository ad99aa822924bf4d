// SPDX-License-Identifier: Apache-2.0

/// What the operator should hear of the ledger itself.
public enum LedgerCondition: Hashable, Sendable {
    /// The database was damaged or not ours; it lies where `kept` says, and a new one was begun.
    case setAside(kept: String, reason: String)
    /// The database cannot be written; the ledger goes on from memory. Said once a minute while it lasts.
    ///
    /// `waiting` entries are in memory and will be written; `lost` found no room there, since the last time it was said.
    case unwritable(reason: String, waiting: Int, lost: Int)
    /// The database can be written again, and holds what waited.
    case recovered(written: Int, lost: Int)
    /// Entries came faster than they could be taken in.
    case overrun(lost: Int)
}

extension LedgerCondition: CustomStringConvertible {
    /// The condition in one line.
    public var description: String {
        switch self {
        case .setAside(let kept, let reason):
            "the ledger could not be used (\(reason)) and was begun anew; the old one is kept as \(kept)"
        case .unwritable(let reason, let waiting, let lost):
            "the ledger cannot be written (\(reason)); \(waiting) entries wait in memory, \(lost) were lost"
        case .recovered(let written, let lost):
            "the ledger can be written again: \(written) entries that waited are in it, \(lost) were lost"
        case .overrun(let lost):
            "\(lost) entries for the ledger were lost: they came faster than it could take them in"
        }
    }
}
