// SPDX-License-Identifier: Apache-2.0

/// A stretch of time without a refusal.
public struct CleanRun: Hashable, Sendable, Codable {
    /// When it began.
    public var since: Moment
    /// How many messages were accepted in it.
    public var accepts: Int

    /// A stretch that begins.
    public init(since: Moment, accepts: Int = 0) {
        self.since = since
        self.accepts = accepts
    }
}
