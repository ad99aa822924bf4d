// SPDX-License-Identifier: Apache-2.0

/// What a verifier says of one signature.
public struct Verification: Sendable, Hashable {
    /// The result, in the words of RFC 8601 §2.7.1.
    public enum Outcome: Sendable, Hashable {
        /// The signature is good.
        case pass
        /// The signature does not fit the message or the key, for this reason.
        case fail(String)
        /// The signature can never be verified, for this reason: it is malformed, expired, or its key is missing.
        case permerror(String)
        /// The signature cannot be verified now, for this reason: its key could not be had.
        case temperror(String)
    }

    /// The signing domain (`d=`); empty if the signature names none.
    public let domain: String
    /// The selector (`s=`); empty if the signature names none.
    public let selector: String
    /// The algorithm (`a=`) as it stands in the signature; empty if the signature names none.
    public let algorithm: String
    /// The result.
    public let outcome: Outcome
}
