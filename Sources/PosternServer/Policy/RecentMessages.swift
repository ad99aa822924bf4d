// SPDX-License-Identifier: Apache-2.0
internal import PostfixWire

/// The messages that Postfix asked about last, by `instance`.
///
/// Bounded: the one that came first goes first. A message between RCPT and DATA that is forgotten because so many others
/// came counts twice, which lets nobody send more than may be sent.
struct RecentMessages {
    private var messages: [String: PolicyMessage] = [:]
    private var order: [String] = []
    private var oldest = 0
    private let capacity: Int
    /// Postfix's are about 25 bytes.
    private static let longestInstance = 128

    init(capacity: Int = 8192) {
        self.capacity = max(1, capacity)
    }

    /// Lends the message of that instance, made by `begin` if it is not known.
    ///
    /// One without a name is forgotten at once: each request about it counts.
    mutating func withMessage<Result>(
        _ instance: String, begin: () -> PolicyMessage, _ body: (inout PolicyMessage) -> Result
    ) -> Result {
        guard !instance.isEmpty, instance.utf8.count <= Self.longestInstance else {
            var message = begin()
            return body(&message)
        }
        if messages[instance] == nil { makeRoom(for: instance) }
        return body(&messages[instance, default: begin()])
    }

    /// The counters go on under other rules.
    mutating func rulesChanged() {
        for instance in messages.keys { messages[instance]?.rulesChanged() }
    }

    private mutating func makeRoom(for instance: String) {
        guard order.count == capacity else { return order.append(instance) }
        messages[order[oldest]] = nil
        order[oldest] = instance
        oldest = (oldest + 1) % capacity
    }
}
