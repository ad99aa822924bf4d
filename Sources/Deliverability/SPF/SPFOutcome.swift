// SPDX-License-Identifier: Apache-2.0

/// How one evaluation of an SPF record ended, and why.
public struct SPFOutcome: Hashable, Sendable {
    /// The result.
    public var result: SPFResult
    /// For `permerror` and `temperror`, what went wrong; else the term that decided, as the record has it, where one did.
    ///
    /// It may quote what a foreign name server said.
    public var reason: String?
    /// What the domain has receivers say to those who fail (`exp=`), where it does so properly.
    public var explanation: String?
    /// How many terms needed the DNS; a receiver takes ten (RFC 7208 §4.6.4).
    public var lookups: Int

    /// An outcome of its parts.
    public init(_ result: SPFResult, reason: String? = nil, explanation: String? = nil, lookups: Int = 0) {
        self.result = result
        self.reason = reason
        self.explanation = explanation
        self.lookups = lookups
    }
}
