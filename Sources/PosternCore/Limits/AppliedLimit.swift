// SPDX-License-Identifier: Apache-2.0

/// A rule that a message meets, and the key under which it counts.
public struct AppliedLimit: Hashable, Sendable {
    /// The rule by its place among the rules.
    public let rule: Int
    /// The key of whoever shares the count.
    public let key: SenderKey

    /// A rule and a key.
    public init(rule: Int, key: SenderKey) {
        self.rule = rule
        self.key = key
    }
}
