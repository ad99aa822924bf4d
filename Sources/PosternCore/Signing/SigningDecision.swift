// SPDX-License-Identifier: Apache-2.0

/// What becomes of one message at the signer.
public enum SigningDecision: Hashable, Sendable {
    /// It is signed by this domain's keys.
    case sign(domain: String)
    /// It goes on unsigned.
    case leave(UnsignedReason)
}

/// Why a message leaves unsigned; each is counted under its name.
public enum UnsignedReason: String, Hashable, Sendable, CaseIterable {
    /// It came from outside: for our own, relay or virtual domains.
    case notSubmitted = "not-submitted"
    /// There is no From field.
    case noAuthor = "no-from"
    /// There is more than one From field; receivers differ on which counts.
    case severalAuthorFields = "several-from-fields"
    /// The From field names authors of different domains.
    case severalAuthorDomains = "several-from-domains"
    /// The From field cannot be read without doubt.
    case unreadableAuthor = "unreadable-from"
    /// The author's domain is written beyond ASCII.
    case internationalizedDomain = "internationalized-from"
    /// The author's domain is none that we sign for.
    case foreignDomain = "foreign-domain"
    /// The login may not write as this domain.
    case loginNotAllowed = "login-not-allowed"
    /// It came in from outside and was re-injected by a content filter: see `PassedBefore`.
    case reinjected = "reinjected-from-outside"
    /// Signing is off, or only observed.
    case mode = "mode"
    /// The header is larger than what the signer keeps.
    case headerTooLarge = "header-too-large"
    /// The domain's keys could not sign; an alert follows.
    case signerFailed = "signer-failed"
}
