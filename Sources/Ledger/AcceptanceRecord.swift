// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One delivery that the other side accepted: only counted.
public struct AcceptanceRecord: Hashable, Sendable {
    /// When, by the log line's own time.
    public var time: Moment
    /// Who accepted; `nil` where the relay host belongs to no known provider.
    public var provider: Provider?
    /// Who is accountable for the message.
    public var sender: Sender?
    /// What kind of sender that is.
    public var senderClass: SenderClass?

    /// An accepted delivery.
    public init(time: Moment, provider: Provider?, sender: Sender? = nil, senderClass: SenderClass? = nil) {
        self.time = time
        self.provider = provider
        self.sender = sender
        self.senderClass = senderClass
    }
}
