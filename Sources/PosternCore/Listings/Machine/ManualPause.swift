// SPDX-License-Identifier: Apache-2.0

/// A pause that somebody ordered.
public struct ManualPause: Hashable, Sendable, Codable {
    /// Who ordered it.
    public var by: String
    /// When.
    public var since: Moment
    /// When it ends by itself; `nil` if only by hand.
    ///
    /// Meant by the wall clock, which may be set meanwhile.
    public var until: Moment?

    /// A pause as it was ordered.
    public init(by: String, since: Moment, until: Moment? = nil) {
        self.by = by
        self.since = since
        self.until = until
    }
}
