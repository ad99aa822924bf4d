// SPDX-License-Identifier: Apache-2.0

/// What qmgr(8) may still remember of where a sender's mail to a recipient goes.
///
/// It keeps its last answer for 30 s (resolve_clnt.c) and does not ask again: a route of ours would not be seen. Which answer
/// was the last cannot be known from outside, so every pair that was asked for so lately is left alone.
struct ResolverMemory {
    private struct Pair: Hashable {
        var sender: String
        var recipient: String
    }

    /// How long an answer is kept, and a second for stamps that are cut.
    static let lifetime = Duration.seconds(31)

    private var forgottenAt: [Pair: Moment] = [:]

    /// What may be remembered of the messages that wait.
    init(of messages: [WaitingMessage], at now: Moment) {
        for message in messages {
            guard let resolved = message.resolvedAt else { continue }
            let end = min(resolved, now) + Self.lifetime
            guard end > now else { continue }
            for recipient in message.recipients {
                let pair = Pair(sender: message.sender, recipient: recipient)
                forgottenAt[pair] = max(forgottenAt[pair] ?? end, end)
            }
        }
    }

    /// When Postfix will ask again for a message's recipient; `nil` if it would now.
    func notBefore(_ message: WaitingMessage, _ recipient: String) -> Moment? {
        guard !forgottenAt.isEmpty else { return nil }
        return forgottenAt[Pair(sender: message.sender, recipient: recipient)]
    }
}
