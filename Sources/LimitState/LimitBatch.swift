// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What is written in one transaction: a bounded part of what has changed.
public struct LimitBatch: Sendable {
    /// A sender's counters under the rule of that name.
    public struct Counter: Sendable {
        /// The rule's name.
        public let rule: String
        /// The counters.
        public let record: LimitRecord

        /// Counters under a rule.
        public init(rule: String, record: LimitRecord) {
            self.rule = rule
            self.record = record
        }
    }

    /// Counters that changed.
    public var counters: [Counter] = []
    /// Senders whose names are new, or were last noted a day ago.
    public var senders: [KnownSender] = []
    /// All that are stopped by a tripwire now; `nil` where none were added or freed.
    public var stops: [StoppedSender]?

    /// Nothing to write yet.
    public init() {}

    /// Whether there is nothing to write.
    public var isEmpty: Bool { counters.isEmpty && senders.isEmpty && stops == nil }
}
