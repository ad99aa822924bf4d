// SPDX-License-Identifier: Apache-2.0

/// How long messages may wait.
public struct QueueLifetimes: Hashable, Sendable {
    /// Postfix's `maximal_queue_lifetime`.
    public var message = Duration.hours(5 * 24)
    /// Postfix's `bounce_queue_lifetime`, for what has the null sender.
    public var notice = Duration.hours(5 * 24)
    /// The site's own longest wait for a class of mail.
    public var maximumWaits: [String: Duration] = [:]

    /// How soon a message that has waited for long enough is given up anew, where Postfix still has it.
    static let again = Duration.seconds(30)

    /// Postfix's defaults, and no longest wait.
    public init() {}

    /// When Postfix returns a message to its sender.
    func expiry(of message: QueuedMessage) -> Moment {
        message.arrival + max(message.isNotice ? notice : self.message, .zero)
    }

    /// When each warning about a message is due.
    ///
    /// The last day has none before the half: a lifetime of two days or less is warned of once.
    func warnings(for message: QueuedMessage) -> [(kind: QueueWarning.Kind, due: Moment)] {
        let lifetime = max(message.isNotice ? notice : self.message, .zero)
        var warnings = [(kind: QueueWarning.Kind.half, due: message.arrival + lifetime / 2)]
        if lifetime > .hours(48) { warnings.append((.dayLeft, message.arrival + lifetime - .hours(24))) }
        if let wait = message.waitClass.flatMap({ maximumWaits[$0] }) {
            let due = message.arrival + wait
            warnings.append((.maximumWait, message.givenUp.map { max(due, $0 + Self.again) } ?? due))
        }
        return warnings
    }
}
