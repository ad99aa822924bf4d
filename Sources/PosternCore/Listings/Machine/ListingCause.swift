// SPDX-License-Identifier: Apache-2.0

/// Why a provider's mail waits.
public struct ListingCause: Hashable, Sendable, Codable {
    /// How hard the provider's words are.
    public enum Severity: Int, Hashable, Sendable, Comparable, Codable {
        /// It takes less than we send.
        case throttled
        /// It takes nothing: our address is on a list.
        case blocked

        /// A throttle is less than a block.
        public static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
    }

    /// How hard the provider's words are.
    public var severity: Severity
    /// The name of the plan by which it is probed.
    public var plan: String
    /// The code that the first reply named.
    public var token: String?
    /// The address of ours that it named, as text.
    public var listedAddress: String?
    /// The rule that read it.
    public var rule: String?

    /// A cause of its parts.
    public init(
        severity: Severity, plan: String, token: String? = nil, listedAddress: String? = nil, rule: String? = nil
    ) {
        self.severity = severity
        self.plan = plan
        self.token = token
        self.listedAddress = listedAddress
        self.rule = rule
    }
}
