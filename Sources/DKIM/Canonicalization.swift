// SPDX-License-Identifier: Apache-2.0

/// How much a message may change on its way and still verify (RFC 6376 §3.4).
public enum Canonicalization: String, Sendable, Hashable, CaseIterable {
    /// Next to nothing may change; of the body only empty lines at its end are ignored.
    case simple
    /// White space may be changed, and header fields folded anew.
    case relaxed
}
