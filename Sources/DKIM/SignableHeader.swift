// SPDX-License-Identifier: Apache-2.0

/// Collects the header fields that can be signed, before it is known whether and with which keys to sign.
///
/// A field costs a look-up and a copy. Nothing is allocated before the first field that can be signed, and nothing is
/// canonicalized or hashed before a `MessageSigner` takes the header over.
public struct SignableHeader: Sendable {
    /// What is kept of a header at most, in bytes, names and values together.
    ///
    /// Postfix keeps 100 KiB of one field (header_size_limit), and mail has few fields that are signed.
    public static let maximumLength = 1 << 20
    /// How many fields are kept at most; more could not be listed (`SignatureField.maximumListLength`).
    public static let maximumCount = 2000

    /// A field in `bytes`.
    private struct Field {
        /// Its place in the options' `signedFields`.
        var name: Int
        var start: Int
        var nameEnd: Int
        var end: Int
    }

    let options: SigningOptions
    /// Why the message cannot be signed, if a limit was exceeded.
    private(set) var failure: SigningError?
    private var bytes: [UInt8] = []
    private var fields: [Field] = []

    /// An empty header, of which the fields that `options` name are kept.
    public init(options: SigningOptions) {
        self.options = options
    }

    /// Takes the next field of the header.
    ///
    /// - Parameters:
    ///   - name: what stands before the colon.
    ///   - value: all that stands after the colon, the leading space included (SMFIP_HDR_LEADSPC), folded with LF or
    ///     CRLF.
    public mutating func append(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        guard failure == nil, let index = options.names.index(of: name) else { return }
        guard fields.count < Self.maximumCount else {
            failure = .tooManyFields(limit: SignatureField.maximumListLength)
            return discard()
        }
        guard name.count <= Self.maximumLength, value.count <= Self.maximumLength,
            bytes.count + name.count + value.count <= Self.maximumLength
        else {
            failure = .headerTooLarge(limit: Self.maximumLength)
            return discard()
        }
        if fields.isEmpty {
            bytes.reserveCapacity(2048)
            fields.reserveCapacity(16)
        }
        let start = bytes.count
        bytes.append(contentsOf: name)
        bytes.append(contentsOf: value)
        fields.append(Field(name: index, start: start, nameEnd: start + name.count, end: bytes.count))
    }

    /// The names to list in `h=`, and the canonical text of the fields that they select.
    ///
    /// The fields of a name are taken from the last upwards, as a verifier does (RFC 6376 §5.4.2).
    func selection() throws(SigningError) -> (names: [String], text: [UInt8]) {
        if let failure { throw failure }
        guard fields.contains(where: { $0.name == options.fromIndex }) else { throw .noFrom }
        var canonicalizer = HeaderCanonicalizer(
            options.headerCanonicalization, capacity: bytes.count + 4 * fields.count)
        var names: [String] = []
        names.reserveCapacity(fields.count + options.oversignedFields.count)
        bytes.withUnsafeBytes { bytes in
            for (index, name) in options.signedFields.enumerated() {
                for field in fields.reversed() where field.name == index {
                    canonicalizer.append(
                        name: UnsafeRawBufferPointer(rebasing: bytes[field.start..<field.nameEnd]),
                        value: UnsafeRawBufferPointer(rebasing: bytes[field.nameEnd..<field.end]))
                    names.append(name)
                }
                if options.isOversigned[index] { names.append(name) }
            }
        }
        return (names, canonicalizer.text)
    }

    private mutating func discard() {
        bytes = []
        fields = []
    }
}
