// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A domain on its way from one set of keys to the next: made, published, in use, and the old ones retired.
///
/// Where it stands follows from two times that are kept in a file beside the keys, and from what the DNS says; nothing runs
/// meanwhile, so nothing is lost by a restart.
public struct KeyRotation: Hashable, Sendable, Codable {
    /// A key that takes the place of another.
    public struct Step: Hashable, Sendable, Codable {
        /// The selector that signs until the switch.
        public var oldSelector: String
        /// Its key file.
        public var oldFile: String
        /// The selector that signs after it.
        public var newSelector: String
        /// Its key file.
        public var newFile: String

        /// A key and the one that follows it.
        public init(oldSelector: String, oldFile: String, newSelector: String, newFile: String) {
            self.oldSelector = oldSelector
            self.oldFile = oldFile
            self.newSelector = newSelector
            self.newFile = newFile
        }
    }

    /// Where a rotation stands.
    public enum Phase: Hashable, Sendable {
        /// The new keys are made; the configuration is switched once all see them published.
        case publishing
        /// The new keys sign; the old ones must stay published for mail that is on its way, until this moment.
        case draining(until: Moment)
        /// No mail needs the old keys any more: their records and files can go.
        case retiring
    }

    /// The signing domain.
    public var domain: String
    /// Which key follows which.
    public var steps: [Step]
    /// When the new keys were made, in milliseconds since 1970.
    public var madeAt: Int64
    /// When they began to sign.
    public var switchedAt: Int64?
    /// When the old ones are needed no more.
    public var retireAt: Int64?

    /// A rotation that begins.
    public init(domain: String, steps: [Step], madeAt: Moment) {
        self.domain = domain
        self.steps = steps
        self.madeAt = madeAt.milliseconds
    }

    /// Where it stands.
    public func phase(at now: Moment) -> Phase {
        guard let retireAt else { return .publishing }
        return now.milliseconds < retireAt ? .draining(until: Moment(milliseconds: retireAt)) : .retiring
    }

    /// The new keys sign from now on.
    ///
    /// `lifetime` is how long a message may wait in the queue (`maximal_queue_lifetime`); a day is added for whoever looks
    /// at a signature later than at its delivery.
    public mutating func switched(at now: Moment, queueLifetime lifetime: Duration) {
        switchedAt = now.milliseconds
        retireAt = (now + lifetime + .hours(24)).milliseconds
    }
}
