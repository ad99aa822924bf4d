// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// How often one kind of refusal came, and the newest of them in full.
struct RefusalSum {
    /// Bytes of a sample's text, at most.
    static let maximumSample = 2048

    private(set) var first: Moment
    private(set) var last: Moment
    private(set) var newest: RefusalRecord
    /// Deferred and bounced, by the hour.
    private(set) var hours: [Int64: (deferred: Int, bounced: Int)] = [:]

    /// Nothing counted yet of the kind of `record`.
    init(_ record: RefusalRecord, at time: Moment) {
        first = time
        last = time
        newest = record
        newest.bound()
    }

    /// How many there were.
    var count: Int { hours.values.reduce(0) { $0 + $1.deferred + $1.bounced } }

    /// Counts one.
    mutating func add(_ record: RefusalRecord, at time: Moment) {
        first = min(first, time)
        if time > last {
            last = time
            newest = record
            newest.bound()
        }
        switch record.outcome {
        case .deferred: hours[time.hour, default: (0, 0)].deferred += 1
        case .bounced: hours[time.hour, default: (0, 0)].bounced += 1
        }
    }
}

extension RefusalRecord {
    /// Cuts every text to what the ledger keeps.
    fileprivate mutating func bound() {
        reply.text = BoundedText.cut(reply.text, to: RefusalSum.maximumSample)
        rule = rule.map { BoundedText.cut($0, to: 128) }
        recipientDomain = BoundedText.cut(recipientDomain, to: 255)
        recipient = recipient.map { BoundedText.cut($0, to: 320) }
    }
}
