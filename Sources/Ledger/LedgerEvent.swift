// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Something that Postern or an operator did, for the record.
public struct LedgerEvent: Hashable, Sendable {
    /// What kind of thing happened.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// A provider began to refuse our address.
        case listingOpened = "listing-opened"
        /// A listing went from one state to another meanwhile.
        case listingChanged = "listing-changed"
        /// A provider takes our mail again.
        case listingClosed = "listing-closed"
        /// A message was let through to a provider to see; what came of it.
        case probe
        /// An alert was given.
        case alert
        /// The configuration or the rules were read anew.
        case reloaded
        /// Somebody paused, resumed, probed or freed by hand.
        case manual
    }

    /// When it happened.
    public var time: Moment
    /// What kind of thing happened.
    public var kind: Kind
    /// Who did it: a user's name, or `nil` where Postern did.
    public var who: String?
    /// More of it, as a JSON object, which the ledger does not read.
    ///
    /// At most 4 KiB, or it is kept as `{}`.
    public var detail: String

    /// Something that happened.
    public init(time: Moment, kind: Kind, who: String? = nil, detail: String = "{}") {
        self.time = time
        self.kind = kind
        self.who = who
        self.detail = detail
    }
}
