// SPDX-License-Identifier: Apache-2.0

/// Hands on what counts of a journal.
struct JournalDelivery {
    private var line: [UInt8] = []

    /// Hands an entry on if Postfix wrote it, or if journald dropped some of Postfix's.
    mutating func deliver(_ record: JournalRecord, trusting trust: JournalTrust, to receiver: any LogReceiver) {
        switch trust.judge(record) {
        case .foreign:
            break
        case .suppressed(let count):
            receiver.noticed(.suppressed(count: count))
        case .line:
            record.compose(into: &line)
            receiver.receive(line.span, writtenAt: record.time)
        }
    }
}
