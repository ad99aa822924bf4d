// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// The most that one sender sent within each of several windows.
public struct SenderPeak: Hashable, Sendable {
    /// The sender, as `Sender.name` writes it.
    public var sender: String
    /// What kind of sender that is.
    public var senderClass: SenderClass
    /// Messages in all.
    public var messages: Int
    /// Recipients in all.
    public var recipients: Int
    /// The most recipients within any interval of each window, in the order of the windows.
    public var peaks: [UInt64]
    /// Whether its mail shows signs of abuse, so that what it sent is nothing to go by.
    public var isSuspicious: Bool

    /// A peak of known parts.
    public init(
        sender: String, senderClass: SenderClass, messages: Int, recipients: Int, peaks: [UInt64],
        isSuspicious: Bool = false
    ) {
        self.sender = sender
        self.senderClass = senderClass
        self.messages = messages
        self.recipients = recipients
        self.peaks = peaks
        self.isSuspicious = isSuspicious
    }
}
