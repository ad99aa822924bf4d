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

extension AttemptRecord {
    /// A delivery as the story of its message keeps it; `nil` where no attempt was made that says something new.
    init?(_ delivery: Delivery) {
        switch delivery.outcome {
        case .deliverable, .undeliverable: return nil
        case .sent, .deferred, .bounced, .softBounced, .expired: break
        }
        guard !delivery.isSuspended, delivery.queueID != nil else { return nil }
        self.init(
            time: delivery.moment, queueID: delivery.queueID, recipient: delivery.recipient, host: delivery.host,
            provider: delivery.provider, outcome: delivery.outcome, replyClass: delivery.reading?.replyClass,
            rule: delivery.reading?.rule, token: delivery.reading?.token, reply: delivery.reply,
            sender: delivery.attribution?.sender, waitsForListing: delivery.source == .ourPause)
    }
}
