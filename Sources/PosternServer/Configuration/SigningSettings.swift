// SPDX-License-Identifier: Apache-2.0
public import DKIM
internal import PosternCore
public import Settings

/// How messages are signed.
public struct SigningSettings: Hashable, Sendable {
    /// What becomes of a message that should be signed and cannot be.
    public enum Failure: String, CaseIterable, Sendable {
        /// It goes on unsigned; counted and logged.
        case accept
        /// It is put off with a 4xx (mail by sendmail(1) is accepted all the same: a 4xx would loop in maildrop).
        case tempfail
    }

    /// Canonicalization, the fields that are signed, and how long a signature is valid.
    public var options: SigningOptions
    /// What becomes of a message whose signing fails.
    public var failure: Failure
    /// The smallest RSA key that is accepted, in bits.
    public var minimumRSABits: Int
    /// The group that may read key files besides their owner.
    public var keyGroup: String

    /// Reads `[signing]`.
    public init(_ section: Section) {
        let header = section.value(
            "header-canonicalization", .choice, default: Canonicalization.relaxed,
            help: "How the header is normalized before it is signed; simple does not outlive any change of a blank.")
        let body = section.value(
            "body-canonicalization", .choice, default: Canonicalization.relaxed, help: "The same for the body.")
        let validity = section.optional(
            "valid-for", .duration(in: .hours(24)...(.hours(24 * 365))), example: .hours(24 * 14),
            help: "How long a signature is valid (x=); left out, it does not end. Keep it above the queue's lifetime.")
        options = Self.options(header, body, validity: validity, section)
        failure = section.value(
            "on-failure", .choice, default: .accept,
            help: "What becomes of a message that should be signed and cannot be: accept lets it go unsigned, tempfail "
                + "puts it off (mail by sendmail is accepted all the same).")
        minimumRSABits = section.value(
            "minimum-rsa-bits", .integer(in: SigningKey.absoluteMinimumBits...SigningKey.maximumBits), default: 2048,
            help: "Smaller RSA keys are refused (RFC 8301 asks for 1024 at least and 2048 at best).")
        keyGroup = section.value(
            "key-group", .text, default: "postern",
            help: "The group that may read key files besides their owner; one that any other group can read is refused."
        )
    }

    private static func options(
        _ header: Canonicalization, _ body: Canonicalization, validity: Duration?, _ section: Section
    ) -> SigningOptions {
        do throws(SigningOptionsError) {
            return try SigningOptions(
                headerCanonicalization: header, bodyCanonicalization: body, validity: validity?.components.seconds)
        } catch {
            section.complain(error.description, at: "valid-for")
            return SigningOptions()
        }
    }
}
