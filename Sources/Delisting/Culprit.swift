// SPDX-License-Identifier: Apache-2.0

/// A sender whose mail rose so far above its own usual, before a listing began, that it is the likely cause.
public struct Culprit: Hashable, Sendable {
    /// The sender, by its name (`Sender.name`); for the operator, not for the provider.
    public var sender: String
    /// The recipients that it asked for in the day before the listing began.
    public var recipients: Int
    /// The recipients that it asks for on a usual day.
    public var usual: Int
    /// Its messages that limits held or refused since.
    public var stopped: Int

    /// A sender and its figures.
    public init(sender: String, recipients: Int, usual: Int, stopped: Int = 0) {
        self.sender = sender
        self.recipients = recipients
        self.usual = usual
        self.stopped = stopped
    }

    /// How far it is above its usual.
    public var excess: Int { max(0, recipients - usual) }

    /// The smallest excess, in recipients, of which anything is said.
    static let leastExcess = 50

    /// The one of the senders that stands out; `nil` if none does, for then nobody must be accused.
    ///
    /// It stands out if it sent at least thrice its usual, at least 50 recipients beyond it, and at least half of all that
    /// was beyond anybody's usual.
    public static func standingOut(among senders: [Culprit]) -> Culprit? {
        guard let worst = senders.max(by: { $0.excess < $1.excess }), worst.excess >= leastExcess,
            worst.recipients / 3 >= worst.usual
        else { return nil }
        let total = senders.reduce(0) { $0.addingReportingOverflow($1.excess).partialValue }
        return worst.excess >= total - worst.excess ? worst : nil
    }
}
