// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import MailLog
internal import PosternCore
internal import Replies

extension LedgerEntry {
    /// A delivery as the ledger keeps it; `nil` for what is no answer of the other side.
    init?(_ delivery: Delivery) {
        let outcome: RefusalRecord.Outcome
        switch delivery.outcome {
        case .sent:
            self = .accepted(
                AcceptanceRecord(
                    time: delivery.moment, provider: delivery.provider, sender: delivery.attribution?.sender))
            return
        case .deferred, .softBounced: outcome = .deferred
        case .bounced: outcome = .bounced
        case .expired, .deliverable, .undeliverable: return nil
        }
        guard let reply = delivery.reply, let reading = delivery.reading, !delivery.isSuspended else { return nil }
        self = .refused(
            RefusalRecord(
                time: delivery.moment, provider: delivery.provider, replyClass: reading.replyClass,
                scope: reading.scope, reply: reply, token: reading.token, rule: reading.rule,
                listedAddress: reading.listedAddress, sender: delivery.attribution?.sender,
                recipientDomain: delivery.recipientDomain, recipient: delivery.recipient, queueID: delivery.queueID,
                outcome: outcome))
    }
}
