// SPDX-License-Identifier: Apache-2.0

/// How a message is signed, whatever the key.
public struct SigningOptions: Sendable, Hashable {
    /// The fields that RFC 6376 §5.4.1 names, and those of one-click unsubscribing, which must be signed (RFC 8058 §4).
    public static let standardSignedFields = [
        "From", "Reply-To", "Subject", "Date", "To", "Cc", "Resent-Date", "Resent-From", "Resent-To", "Resent-Cc",
        "In-Reply-To", "References", "List-Id", "List-Help", "List-Unsubscribe", "List-Subscribe", "List-Post",
        "List-Owner", "List-Archive", "List-Unsubscribe-Post",
    ]
    /// The fields of which nobody may add one without breaking the signature (RFC 6376 §5.4, §8.15).
    public static let standardOversignedFields = ["From", "To", "Cc", "Subject", "Date", "Reply-To"]

    /// The longest `validity`, in seconds: ten years.
    public static let longestValidity: Int64 = 315_360_000

    /// The canonicalization of the header.
    public let headerCanonicalization: Canonicalization
    /// The canonicalization of the body.
    public let bodyCanonicalization: Canonicalization
    /// The names of the fields that are signed, as often as they occur, in this order; always with `From`.
    public let signedFields: [String]
    /// Those of `signedFields` that are listed once more than they occur.
    public let oversignedFields: [String]
    /// After how many seconds the signature expires (`x=`); `nil` for never.
    public let validity: Int64?

    /// `signedFields`, to look up.
    let names: FieldNames
    /// For each of `signedFields`, whether it is oversigned.
    let isOversigned: [Bool]
    /// Where `From` stands in `signedFields`.
    let fromIndex: Int

    /// Options with the fields that the RFCs recommend, for signatures that do not expire.
    public init(
        headerCanonicalization: Canonicalization = .relaxed, bodyCanonicalization: Canonicalization = .relaxed
    ) {
        self.init(
            headerCanonicalization, bodyCanonicalization, signed: Self.standardSignedFields,
            oversigned: Self.standardOversignedFields, validity: nil)
    }

    /// Options with all details chosen.
    ///
    /// - Parameters:
    ///   - headerCanonicalization: the canonicalization of the header.
    ///   - bodyCanonicalization: the canonicalization of the body.
    ///   - signedFields: names of fields; `From` is put first where it is missing, as it must be signed.
    ///   - oversignedFields: names of fields to list once more than they occur; they are signed too.
    ///   - validity: seconds until the signature expires, 1 to `longestValidity`; `nil` for never.
    /// - Throws: `SigningOptionsError` where a name is none, must not be signed, or the validity is out of range.
    public init(
        headerCanonicalization: Canonicalization = .relaxed, bodyCanonicalization: Canonicalization = .relaxed,
        signedFields: [String] = standardSignedFields, oversignedFields: [String] = standardOversignedFields,
        validity: Int64?
    ) throws(SigningOptionsError) {
        for name in signedFields + oversignedFields {
            try SigningOptionsError.check(name)
        }
        if let validity, validity < 1 || validity > Self.longestValidity {
            throw .validityOutOfRange(validity)
        }
        self.init(
            headerCanonicalization, bodyCanonicalization, signed: signedFields, oversigned: oversignedFields,
            validity: validity)
    }

    private init(
        _ headerCanonicalization: Canonicalization, _ bodyCanonicalization: Canonicalization, signed: [String],
        oversigned: [String], validity: Int64?
    ) {
        self.headerCanonicalization = headerCanonicalization
        self.bodyCanonicalization = bodyCanonicalization
        self.validity = validity
        let hasFrom = (signed + oversigned).contains { $0.lowercased() == "from" }
        signedFields = Self.distinct((hasFrom ? [] : ["From"]) + signed + oversigned)
        let oversignedNames = Set(oversigned.map { $0.lowercased() })
        isOversigned = signedFields.map { oversignedNames.contains($0.lowercased()) }
        oversignedFields = zip(signedFields, isOversigned).filter(\.1).map(\.0)
        names = FieldNames(signedFields)
        fromIndex = signedFields.firstIndex { $0.lowercased() == "from" } ?? 0
    }

    /// The names without those that came before in another case.
    private static func distinct(_ names: [String]) -> [String] {
        var seen: Set<String> = []
        return names.filter { seen.insert($0.lowercased()).inserted }
    }
}
