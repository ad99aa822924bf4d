// SPDX-License-Identifier: Apache-2.0

/// What a postmaster can do about one kind of refusal.
public struct RemedyReport: Codable, Hashable, Sendable {
    /// Why such a refusal comes.
    public var cause: String
    /// What to do, in the order to do it.
    public var steps: [String]
    /// The form, page or address to turn to; `nil` if there is nobody to ask.
    public var form: String?
    /// What that form will ask for.
    public var asks: [String]
    /// How long it usually takes.
    public var usualTime: String?

    /// A remedy of its parts.
    public init(cause: String, steps: [String] = [], form: String? = nil, asks: [String] = [], usualTime: String? = nil)
    {
        self.cause = cause
        self.steps = steps
        self.form = form
        self.asks = asks
        self.usualTime = usualTime
    }
}
