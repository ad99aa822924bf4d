// SPDX-License-Identifier: Apache-2.0

/// What of Postern a note or refusal is about.
public enum SetupPart: String, Hashable, Sendable {
    /// Postfix as a whole.
    case postfix
    /// DKIM.
    case signing
    /// Limits of senders.
    case limits
    /// Listings.
    case listings
    /// The reading of Postfix's log.
    case mailLog = "mail log"
}
