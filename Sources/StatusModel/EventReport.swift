// SPDX-License-Identifier: Apache-2.0

/// Something that Postern or an operator did.
public struct EventReport: Codable, Hashable, Sendable {
    /// When.
    public var at: Timestamp
    /// What kind of thing: `listing-opened`, `listing-closed`, `alert`, `reloaded`, `manual`.
    public var kind: String
    /// Who did it; `nil` where Postern did.
    public var who: String?
    /// More of it, as a JSON object in a text.
    public var detail: String

    /// An event of its parts.
    public init(at: Timestamp, kind: String, who: String? = nil, detail: String = "{}") {
        self.at = at
        self.kind = kind
        self.who = who
        self.detail = detail
    }
}
