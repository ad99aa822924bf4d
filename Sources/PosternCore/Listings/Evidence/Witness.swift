// SPDX-License-Identifier: Apache-2.0

/// Who said something, and when: kept so that two of them can be told from one that speaks twice.
public struct Witness: Hashable, Sendable, Codable {
    /// The recipient's domain.
    public var domain: String
    /// When, by the line's own stamp.
    public var moment: Moment
    /// The message, where it is known.
    public var queueID: QueueID?
    /// Whether a customer of the provider can have worded it.
    public var isTenantWorded: Bool

    /// A witness as it was heard.
    public init(domain: String, moment: Moment, queueID: QueueID? = nil, isTenantWorded: Bool = false) {
        self.domain = domain
        self.moment = moment
        self.queueID = queueID
        self.isTenantWorded = isTenantWorded
    }

    /// Whether both speak of one attempt: the same message, within moments; it has a line for each recipient.
    func isSameAttempt(as other: Witness) -> Bool {
        guard let queueID, queueID == other.queueID else { return false }
        return moment.distance(to: other.moment) <= .seconds(10)
    }
}
