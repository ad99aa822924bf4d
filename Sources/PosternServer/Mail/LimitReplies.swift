// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

/// What a client is told when a limit refuses its mail: the words, in one place.
enum LimitReplies {
    /// The refusal of a recipient or a message.
    static func refusal(of breach: Breach) -> MilterVerdict {
        let severity: MilterReply.Severity = breach.over == .reject ? .permanent : .temporary
        return .reply(MilterReply(severity, code: 50, subject: 7, detail: 1, text(of: breach)))
    }

    /// The refusal of a message that would be held, of a sender of whom as much is held as may be: for now only.
    static func refusal(whileHeld breach: Breach) -> MilterVerdict {
        .reply(MilterReply(.temporary, code: 50, subject: 7, detail: 1, text(whileHeld: breach)))
    }

    /// The words of that refusal.
    static func text(whileHeld breach: Breach) -> String {
        "too many messages wait for the postmaster: the limit is \(breach.rate)"
    }

    /// Why a message lies in the hold queue; Postfix does not log it, we do.
    static func reason(of breach: Breach, rule: String) -> String {
        "over the limit of \(breach.rate) (\(rule))"
    }

    /// The words of a refusal.
    static func text(of breach: Breach) -> String {
        guard breach.over != .reject, let wait = breach.retryAfter else {
            return "too many recipients: the limit is \(breach.rate)"
        }
        let minutes = max(1, (wait.wholeMilliseconds + 59_999) / 60_000)
        return "too many recipients: the limit is \(breach.rate); try again in \(minutes) minutes"
    }
}
