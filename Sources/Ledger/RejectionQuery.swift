// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Which refusals are asked for; whatever is `nil` restricts nothing.
public struct RejectionQuery: Hashable, Sendable {
    /// Seen at or after this.
    public var since: Moment
    /// Of this provider.
    public var provider: Provider?
    /// Of this class.
    public var replyClass: ReplyClass?
    /// Of this sender, by its name (`Sender.name`).
    public var sender: String?
    /// With this code: the provider's own (in any case), the enhanced status code or the three digits of SMTP.
    public var code: String?
    /// Kinds in the answer, at most.
    public var limit: Int

    /// A question.
    public init(
        since: Moment, provider: Provider? = nil, replyClass: ReplyClass? = nil, sender: String? = nil,
        code: String? = nil, limit: Int = 100
    ) {
        self.since = since
        self.provider = provider
        self.replyClass = replyClass
        self.sender = sender
        self.code = code
        self.limit = limit
    }
}
