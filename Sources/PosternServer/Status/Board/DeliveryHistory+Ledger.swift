// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore
internal import StatusModel

extension DeliveryHistory {
    /// A stretch of time up to `now` as the ledger counted it.
    /// - Throws: ``LedgerError``.
    init(_ range: HistoryRange, from ledger: LedgerReader, at now: Moment) throws {
        let start = range.start(before: now)
        let step = range.step.components.seconds
        let bucket: HistoryBucket = range == .hour || range == .day ? .minute : .hour
        let found = try ledger.history(
            by: bucket, step: Int(step / bucket.length.components.seconds), since: start)
        var rows: [String?: ProviderHistory] = [:]
        for sum in found {
            let place = Int((sum.start.seconds - start.seconds) / step)
            rows[sum.provider?.name, default: ProviderHistory(provider: sum.provider?.name, steps: range.steps)]
                .add(sent: sum.sent, deferred: sum.deferred, bounced: sum.bounced, at: place)
        }
        self.init(
            range: range, start: Timestamp(start), step: Int(step),
            providers: rows.values.sorted { ($1.total, $0.provider ?? "") < ($0.total, $1.provider ?? "") },
            spans: try ListingSpan.spans(from: ledger, since: start))
    }
}

extension SenderReport {
    /// A sender as the ledger counted it.
    init(_ total: SenderTotal) {
        self.init(
            sender: total.sender, sent: total.sent, deferred: total.deferred, bounced: total.bounced,
            unknownUser: total.unknownUser, block: total.block)
    }
}

extension HeldMessage {
    /// A message as the ledger keeps it.
    init(_ mail: HeldMail) {
        self.init(
            queueID: mail.queueID.description, sender: mail.sender, since: Timestamp(mail.time), reason: mail.reason,
            recipients: mail.recipients)
    }
}
