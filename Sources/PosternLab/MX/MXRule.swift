// SPDX-License-Identifier: Apache-2.0

/// What a scripted mail exchanger does at one stage instead of accepting.
public struct MXRule: Sendable {
    /// What is done.
    public enum Act: Hashable, Sendable {
        /// This reply is given: whole lines with their codes, one a line of the text. After a 421 the connection is closed.
        case reply(String)
        /// The connection is closed without a word.
        case drop
        /// Nothing is said any more; the client waits until its own time limit.
        case silence
        /// Accepted as without a rule; for rules that only delay.
        case accept
    }

    /// Where it acts.
    public var stage: MXStage
    /// What is done there.
    public var act: Act
    /// How long the exchanger thinks before it acts.
    public var delay: Duration
    /// How many times it lets pass before it acts.
    public var passes: Int
    /// Lets so many pass within any such time, again and again; `nil` counts from the beginning on.
    ///
    /// What it acts upon is not counted. With `passes` 3 and a minute it is a provider that takes three messages a minute.
    public var window: Duration?
    /// How often it acts; `nil` for always.
    public var times: Int?
    /// For which recipients it acts; asked at `.rcptTo` only.
    ///
    /// Addresses come without angle brackets, as the client wrote them.
    public var recipients: @Sendable (String) -> Bool

    /// A rule; by default it acts always and at once.
    public init(
        at stage: MXStage, _ act: Act, delay: Duration = .zero, after passes: Int = 0, within window: Duration? = nil,
        times: Int? = nil,
        for recipients: @escaping @Sendable (String) -> Bool = { _ in true }
    ) {
        self.stage = stage
        self.act = act
        self.delay = delay
        self.passes = passes
        self.window = window
        self.times = times
        self.recipients = recipients
    }

    /// Gives a reply at a stage, always.
    public static func reply(_ text: String, at stage: MXStage) -> MXRule { MXRule(at: stage, .reply(text)) }
}
