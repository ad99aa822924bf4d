// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// What attempts at one provider came to.
struct ProviderTally: Sendable {
    private var sent = 0
    private var deferred = 0
    private var bounced = 0
    private var classes: [ReplyClass: Int] = [:]

    /// Counts an attempt; one of address verification sent nothing.
    mutating func count(_ delivery: Delivery) {
        switch delivery.outcome {
        case .sent: sent += 1
        case .deferred, .softBounced: deferred += 1
        case .bounced, .expired: bounced += 1
        case .deliverable, .undeliverable: return
        }
        if let reading = delivery.reading { classes[reading.replyClass, default: 0] += 1 }
    }

    /// The counts in words that can be written down.
    func summary(of provider: Provider?) -> ProviderSummary {
        let classes = Dictionary(uniqueKeysWithValues: classes.map { ($0.key.rawValue, $0.value) })
        return ProviderSummary(
            provider: provider?.name, sent: sent, deferred: deferred, bounced: bounced, classes: classes)
    }
}
