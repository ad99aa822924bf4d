// SPDX-License-Identifier: Apache-2.0

/// One change in the life of a listing.
public struct ListingStep: Codable, Hashable, Sendable {
    /// When.
    public var at: Timestamp
    /// The state before; `nil` where the step changed none.
    public var from: String?
    /// The state after, or what was done: `paused`, `resumed`, `probed`.
    public var to: String
    /// Why.
    public var why: String?
    /// Who did it; `nil` where Postern did.
    public var by: String?

    /// A step of its parts.
    public init(at: Timestamp, from: String? = nil, to: String, why: String? = nil, by: String? = nil) {
        self.at = at
        self.from = from
        self.to = to
        self.why = why
        self.by = by
    }
}
