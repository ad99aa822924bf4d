// SPDX-License-Identifier: Apache-2.0

/// One signature of a message, to be put on top of its header.
public struct Signature: Sendable, Hashable {
    /// The name of the header field.
    public static let fieldName = SignatureField.name

    /// The signing domain (`d=`).
    public let domain: String
    /// The selector (`s=`).
    public let selector: String
    /// The algorithm (`a=`).
    public let algorithm: SigningAlgorithm
    /// The value of the header field: all that follows the colon, with the space it begins with.
    ///
    /// It is folded with LF and tab, without CR, as libmilter takes it where SMFIP_HDR_LEADSPC is negotiated. Where
    /// it is not, the mail system writes a space of its own, and the first one must be left out.
    public let headerValue: String
}
