// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore
internal import PostfixTools
internal import PostfixWire

/// What lies in Postfix's hold queue, ours and others', also while the daemon does not run.
struct HeldQueue {
    /// What limits of ours hold, the oldest first.
    let ours: [HeldMessage]
    /// What somebody else holds: an operator, another program.
    let others: [HeldMessage]
    /// Why Postfix's queue could not be seen; then `ours` is what the ledger alone knows.
    let complaint: String?

    /// Looks.
    /// - Throws: ``LedgerError`` if there is no ledger that can be read.
    init(directory: String) throws(LedgerError) {
        let records = try LedgerReader(directory: directory).held()
        do throws(CommandError) {
            let listing = try PostQueue().list()
            let holding = Dictionary(listing.entries.lazy.filter { $0.queue == .hold }.map { ($0.id, $0) }) { $1 }
            let known = Set(records.map(\.queueID))
            ours = records.compactMap { record in
                holding[record.queueID].map { HeldMessage(id: record.queueID, record: record, entry: $0) }
            }
            others = holding.values.lazy.filter { !known.contains($0.id) }
                .map { HeldMessage(id: $0.id, record: nil, entry: $0) }
                .sorted { $0.since < $1.since }
            complaint = nil
        } catch {
            ours = records.map { HeldMessage(id: $0.queueID, record: $0, entry: nil) }
            others = []
            complaint = error.description
        }
    }

    /// The queue of the configuration's ledger; if that cannot be read, it is said, and the process ends.
    static func orLeave(_ directory: String) throws -> HeldQueue {
        do throws(LedgerError) {
            return try HeldQueue(directory: directory)
        } catch {
            Terminal.complain("postern: \(Terminal.harmless(error.description))")
            switch error {
            case .missing: throw ExitStatus.configuration
            case .newerSchema, .olderSchema, .damaged, .unavailable: throw ExitStatus.finding
            }
        }
    }
}
