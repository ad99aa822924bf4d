// SPDX-License-Identifier: Apache-2.0

/// A message whose time in the queue runs.
public struct QueuedMessage: Hashable, Sendable, Codable {
    /// The message.
    public var queueID: QueueID
    /// When it came into the queue.
    public var arrival: Moment
    /// Whether it has the null sender: Postfix keeps such for `bounce_queue_lifetime`.
    public var isNotice: Bool
    /// The class by which the site bounds its wait; `nil` for none.
    public var waitClass: String?
    /// What was warned of already.
    public internal(set) var warned: Set<QueueWarning.Kind> = []
    /// When it was last found to have waited for as long as its class may.
    var givenUp: Moment?

    /// A message that came.
    public init(queueID: QueueID, arrival: Moment, isNotice: Bool = false, waitClass: String? = nil) {
        self.queueID = queueID
        self.arrival = arrival
        self.isNotice = isNotice
        self.waitClass = waitClass
    }
}
