// SPDX-License-Identifier: Apache-2.0

/// What qmgr(8) may still remember of where a sender's mail to a recipient goes.
///
/// It keeps its last answer, that one alone, for 30 s (resolve_clnt.c) and does not ask again: a route of ours would not be
/// seen. Lines of the log come in no strict order, so every pair that may have been the last is left alone.
struct ResolverMemory {
    /// How long an answer is kept, and a second for stamps that are cut.
    static let lifetime = Duration.seconds(31)
    /// What was asked for so long before another pair was not the last: a second for stamps, and one for the order of lines.
    static let disorder = Duration.seconds(2)

    /// By the pair's hash: two pairs that share one would only wait for each other.
    private var forgottenAt: [Int: Moment] = [:]

    /// What may be remembered of the messages that wait.
    init(of messages: [WaitingMessage], at now: Moment) {
        guard let last = messages.lazy.compactMap(\.resolvedAt).max() else { return }
        for message in messages {
            guard let resolved = message.resolvedAt, resolved + Self.disorder >= min(last, now) else { continue }
            let end = min(resolved, now) + Self.lifetime
            guard end > now else { continue }
            for recipient in message.recipients {
                let pair = Self.pair(message.sender, recipient)
                forgottenAt[pair] = max(forgottenAt[pair] ?? end, end)
            }
        }
    }

    /// When Postfix will ask again for a message's recipient; `nil` if it would now.
    func notBefore(_ message: WaitingMessage, _ recipient: String) -> Moment? {
        guard !forgottenAt.isEmpty else { return nil }
        return forgottenAt[Self.pair(message.sender, recipient)]
    }

    private static func pair(_ sender: String, _ recipient: String) -> Int {
        var hasher = Hasher()
        hasher.combine(sender)
        hasher.combine(recipient)
        return hasher.finalize()
    }
}
