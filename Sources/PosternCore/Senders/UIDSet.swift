// SPDX-License-Identifier: Apache-2.0

/// A set of numeric user IDs of this host, held as ranges.
public struct UIDSet: Hashable, Sendable {
    private let ranges: [ClosedRange<UInt32>]

    /// The users in any of the ranges.
    public init(_ ranges: [ClosedRange<UInt32>] = []) {
        self.ranges = ranges
    }

    /// Whether the user is in the set.
    public func contains(_ uid: UInt32) -> Bool {
        ranges.contains { $0.contains(uid) }
    }
}

extension UIDSet: ExpressibleByArrayLiteral {
    /// The users in any of the ranges.
    public init(arrayLiteral ranges: ClosedRange<UInt32>...) {
        self.init(ranges)
    }
}
