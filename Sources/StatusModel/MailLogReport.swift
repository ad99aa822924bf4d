// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// How the mail log is being read, and what became of the mail since the daemon started.
public struct MailLogReport: Codable, Hashable, Sendable {
    /// Where the log is read: `journal` or a path.
    public var source: String
    /// Lines that were read.
    public var lines = 0
    /// Lines that were Postfix's by their tag but not by their form.
    public var malformedLines = 0
    /// Since when nothing could be learnt; `nil` while all is well.
    public var blindSince: Timestamp?
    /// What providers answered, by provider and then by class; `accepted` for mail that was taken.
    ///
    /// A host that is no provider's counts as `other`.
    public var answers: [String: [String: Int]] = [:]

    /// The report of a source of which nothing was read yet.
    public init(source: String) {
        self.source = source
    }

    /// Counts one answer; providers are those of the reply rules, so the report stays small.
    public mutating func count(_ provider: Provider?, _ replyClass: ReplyClass?) {
        answers[provider?.name ?? "other", default: [:]][replyClass?.rawValue ?? "accepted", default: 0] += 1
    }
}
