// SPDX-License-Identifier: Apache-2.0

/// How many deliveries came to what, by kind.
public struct OutcomeCounts: Hashable, Sendable {
    private var accepted: UInt32 = 0
    private var deferred: UInt32 = 0
    private var unknownUser: UInt32 = 0
    private var spamRefusal: UInt32 = 0
    private var block: UInt32 = 0
    private var failed: UInt32 = 0

    /// Nothing counted.
    public init() {}

    /// The number of one kind; stays at its greatest value rather than overflowing.
    public subscript(kind: OutcomeKind) -> UInt32 {
        get {
            switch kind {
            case .accepted: accepted
            case .deferred: deferred
            case .unknownUser: unknownUser
            case .spamRefusal: spamRefusal
            case .block: block
            case .failed: failed
            }
        }
        set {
            switch kind {
            case .accepted: accepted = newValue
            case .deferred: deferred = newValue
            case .unknownUser: unknownUser = newValue
            case .spamRefusal: spamRefusal = newValue
            case .block: block = newValue
            case .failed: failed = newValue
            }
        }
    }

    /// The number of all kinds.
    public var total: UInt64 {
        OutcomeKind.allCases.reduce(0) { $0 + UInt64(self[$1]) }
    }

    /// The number of those that came to a refusal: unknown users, spam, blocks and other failures, not mere deferrals.
    public var refusals: UInt64 {
        total - UInt64(accepted) - UInt64(deferred)
    }

    /// Counts one more.
    public mutating func count(_ kind: OutcomeKind) {
        if self[kind] < .max { self[kind] += 1 }
    }

    /// Adds what another has counted.
    public static func += (left: inout OutcomeCounts, right: OutcomeCounts) {
        for kind in OutcomeKind.allCases {
            let (sum, overflow) = left[kind].addingReportingOverflow(right[kind])
            left[kind] = overflow ? .max : sum
        }
    }
}
