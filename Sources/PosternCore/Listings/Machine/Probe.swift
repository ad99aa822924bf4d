// SPDX-License-Identifier: Apache-2.0

/// The one message that is let through to see whether the provider takes it.
public struct Probe: Hashable, Sendable, Codable {
    /// The message.
    public var queueID: QueueID
    /// The one recipient whose address is let through, as in the queue.
    public var recipient: String
    /// The recipient's domain, in lower case.
    public var domain: String

    /// A message and its recipient.
    public init(queueID: QueueID, recipient: String, domain: String) {
        self.queueID = queueID
        self.recipient = recipient
        self.domain = domain
    }
}
