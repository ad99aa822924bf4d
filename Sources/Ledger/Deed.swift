// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Something that a part of Postern did to mail, or would have done while it only observes, so many times.
public struct Deed: Hashable, Sendable {
    /// What was done.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A message left signed.
        case signed
        /// A message that we might have signed left without; the subject is the reason.
        case unsigned
        /// A message was accepted into the hold queue; the subject is its sender.
        case held
        /// A message or recipient was refused for a limit; the subject is the sender.
        case refused
        /// A message was over a limit that only observes; the subject is its sender.
        case overObserved = "over-observed"
    }

    /// When; hours are kept.
    public var time: Moment
    /// What was done.
    public var kind: Kind
    /// Whom or what it touched; `nil` where nobody in particular.
    public var subject: String?
    /// How often.
    public var count: Int

    /// A deed of its parts.
    public init(time: Moment, kind: Kind, subject: String? = nil, count: Int = 1) {
        self.time = time
        self.kind = kind
        self.subject = subject
        self.count = count
    }
}
