// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Limits that would fit what a site's senders have sent.
public struct LimitAdvice: Hashable, Sendable, Codable {
    /// Class by class.
    public var classes: [ClassAdvice]
    /// Senders who need a limit of their own, those with the most recipients first.
    public var exceptions: [SenderAdvice]
    /// Senders whose mail showed signs of abuse, at most 100: what they sent was left aside.
    public var suspicious: [String]
    /// Senders above the default limit of their class, at most 100, whose mail showed no sign of abuse.
    public var hitByDefaults: [String]
    /// How many those are.
    public var hitByDefaultsCount: Int
    /// How many senders were looked at.
    public var senders: Int
}

/// What the senders of one class sent, and the limit that would fit them.
public struct ClassAdvice: Hashable, Sendable, Codable {
    /// The class, as `[[limit]]` names it.
    public var senderClass: String
    /// Senders that were gone by.
    public var senders: Int
    /// Window by window.
    public var windows: [WindowAdvice]
    /// What should happen to mail over the limit; `nil` where no limit is proposed.
    public var over: String?
}

/// Recipients of the senders of one class within one window.
public struct WindowAdvice: Hashable, Sendable, Codable {
    /// The window, such as `10m`.
    public var window: String
    /// Half of the senders never had more.
    public var median: UInt64
    /// 95 of 100 senders never had more.
    public var percentile95: UInt64
    /// 99 of 100 senders never had more.
    public var percentile99: UInt64
    /// Nobody had more.
    public var maximum: UInt64
    /// The limit without any configuration; `nil` where there is none.
    public var standard: UInt32?
    /// The limit that is proposed; `nil` where none is.
    public var proposed: UInt32?
}

/// One sender's own limit.
public struct SenderAdvice: Hashable, Sendable, Codable {
    /// The sender, as `[[limit]]` names it.
    public var sender: String
    /// What kind of sender that is.
    public var senderClass: String
    /// Messages in all.
    public var messages: Int
    /// Recipients in all.
    public var recipients: Int
    /// The most recipients in each window.
    public var peaks: [UInt64]
    /// The rates that are proposed, such as `2000/1h`.
    public var rates: [String]
    /// What should happen to mail over the limit.
    public var over: String
}
