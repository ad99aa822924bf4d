// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
public import Replies

/// What one reply means, and what a postmaster can do about it.
public struct Explanation: Sendable {
    /// The reply.
    public let pasted: PastedReply
    /// What the rules read in it; `nil` for an acceptance: what such a reply quotes means nothing.
    public let reading: ReplyReading?
    /// What can be done; `nil` where nothing is known, and where the host is not of the provider that words it so.
    public let remedy: Remedy?
    /// The file in which the rule stands that spoke; `nil` if none did.
    public let ruleFile: String?

    /// Explains a reply by the rules; without a host its wording alone is judged.
    public init(_ pasted: PastedReply, by rules: ReplyRules) {
        self.pasted = pasted
        let isAcceptance = pasted.reply.code.map { $0 < 400 } ?? false
        reading = isAcceptance ? nil : rules.reading(of: pasted.reply, from: pasted.host, at: pasted.hostAddress)
        let advised = reading.flatMap { $0.isWordedByItsHost ? $0.remedy : nil }
        remedy = advised.flatMap { rules.remedies[$0] }
        ruleFile = reading?.rule.flatMap { name in rules.rules.first { $0.name == name }?.file }
    }
}
