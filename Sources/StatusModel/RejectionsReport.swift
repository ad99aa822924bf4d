// SPDX-License-Identifier: Apache-2.0

/// What `GET /v1/rejections` answers.
public struct RejectionsReport: Codable, Hashable, Sendable {
    /// From when on refusals are counted.
    public var since: Timestamp
    /// The kinds of refusals asked for, the newest first.
    public var rejections: [RejectionReport]

    /// A report of its parts.
    public init(since: Timestamp, rejections: [RejectionReport]) {
        self.since = since
        self.rejections = rejections
    }
}
