// SPDX-License-Identifier: Apache-2.0

/// One row of the table that Postfix reads.
public struct RouteRow: Hashable, Sendable {
    /// A domain or a full address, in lower case.
    public var key: String
    /// Where it goes.
    public var target: RouteTarget
    /// When the row stops holding, whether or not anybody is left to remove it.
    public var expires: Moment

    /// A row of its parts.
    public init(key: String, target: RouteTarget, expires: Moment) {
        self.key = key
        self.target = target
        self.expires = expires
    }
}
