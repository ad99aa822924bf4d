// SPDX-License-Identifier: Apache-2.0

/// What has to change in the table that Postfix reads: one transaction.
public struct RouteBatch: Hashable, Sendable {
    /// Rows to write, new or in place of one of the same key; by key.
    public var upserts: [RouteRow]
    /// Keys to remove, in order.
    public var deletes: [String]

    /// A batch of its parts.
    public init(upserts: [RouteRow] = [], deletes: [String] = []) {
        self.upserts = upserts
        self.deletes = deletes
    }

    /// Whether there is nothing to do.
    public var isEmpty: Bool { upserts.isEmpty && deletes.isEmpty }
}
