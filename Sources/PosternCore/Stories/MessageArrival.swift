// SPDX-License-Identifier: Apache-2.0

/// The first line of a message: smtpd's `client=` or pickup's `uid=`.
public struct MessageArrival: Hashable, Sendable {
    /// Who is accountable, by the site's sender policy; `nil` for mail from outside.
    public var sender: Sender?
    /// Whether it came by SMTP from this host without a login, as a content filter gives mail back.
    public var isFromLocalServer: Bool
    /// The ID that the message had before: told by a filter (XFORWARD), or by pickup for a requeued message.
    public var originalID: QueueID?

    /// An arrival as it was seen.
    public init(sender: Sender?, isFromLocalServer: Bool = false, originalID: QueueID? = nil) {
        self.sender = sender
        self.isFromLocalServer = isFromLocalServer
        self.originalID = originalID
    }
}
