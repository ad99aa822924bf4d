// SPDX-License-Identifier: Apache-2.0

/// Signs one message while it passes: header fields, the end of the header, body chunks, the end.
///
/// The body is canonicalized and hashed once, whatever the number of keys, and not kept. Use one signer for one
/// message and from one thread at a time; the keys may be in use by other threads meanwhile.
///
/// Nothing that a message contains makes a call fail: what prevents signing is told by `finish(at:)`.
public struct MessageSigner: ~Copyable {
    private enum Stage {
        case header, body, finished
    }

    private let keys: [SigningKey]
    private var collected: SignableHeader
    private var stage: Stage
    private var isOutOfOrder = false
    /// `nil` only where libcrypto has no SHA-256 or no memory.
    private var bodyDigest: BodyDigest?

    /// A signer for a message of which nothing has come yet.
    public init(keys: [SigningKey], options: SigningOptions) {
        self.init(keys: keys, collected: SignableHeader(options: options), stage: .header)
    }

    /// A signer for a message whose header has come, and nothing of its body.
    public init(keys: [SigningKey], header: SignableHeader) {
        self.init(keys: keys, collected: header, stage: .body)
    }

    private init(keys: [SigningKey], collected: SignableHeader, stage: Stage) {
        self.keys = keys
        self.collected = collected
        self.stage = stage
        bodyDigest = BodyDigest(collected.options.bodyCanonicalization)
    }

    /// Takes the next field of the header; see `SignableHeader.append(name:value:)`.
    public mutating func header(name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) {
        guard expect(.header) else { return }
        collected.append(name: name, value: value)
    }

    /// Takes the end of the header.
    public mutating func endOfHeaders() {
        guard expect(.header) else { return }
        stage = .body
    }

    /// Takes the next chunk of the body, cut anywhere.
    public mutating func body(_ chunk: UnsafeRawBufferPointer) {
        guard expect(.body) else { return }
        bodyDigest?.update(chunk)
    }

    /// Takes the end of the message and signs it.
    ///
    /// - Parameter seconds: the time of signing, in seconds since the Unix epoch (`t=`); not negative.
    /// - Returns: a signature for each key, in the keys' order.
    /// - Throws: why there is no signature.
    public mutating func finish(at seconds: Int64) throws(SigningError) -> [Signature] {
        guard expect(.body), !isOutOfOrder else { throw .outOfOrder }
        stage = .finished
        let (names, text) = try collected.selection()
        guard let bodyHash = bodyDigest?.finish(), var headerDigest = SHA256() else {
            throw .cryptography("no SHA-256")
        }
        text.withUnsafeBytes { headerDigest.update($0) }
        var signatures: [Signature] = []
        for key in keys {
            var field = try unsignedField(for: key, fieldNames: names, bodyHash: bodyHash, at: seconds)
            let digest = try hash(field, after: headerDigest)
            field.append(signature: try key.sign(digest))
            signatures.append(
                Signature(
                    domain: key.domain, selector: key.selector, algorithm: key.algorithm,
                    headerValue: String(decoding: field.value, as: UTF8.self)))
        }
        return signatures
    }

    private mutating func expect(_ expected: Stage) -> Bool {
        if stage != expected { isOutOfOrder = true }
        return stage == expected
    }

    /// The signature's field as it is hashed, with nothing after `b=`.
    private func unsignedField(
        for key: SigningKey, fieldNames: [String], bodyHash: [UInt8], at seconds: Int64
    ) throws(SigningError) -> SignatureField {
        let options = collected.options
        guard seconds >= 0, seconds <= .max - SigningOptions.longestValidity else { throw .timeOutOfRange }
        var field = SignatureField()
        field.append(tag: "v", "1".utf8)
        field.append(tag: "a", key.algorithm.rawValue.utf8)
        field.append(
            tag: "c",
            "\(options.headerCanonicalization.rawValue)/\(options.bodyCanonicalization.rawValue)".utf8)
        field.append(tag: "d", key.domain.utf8)
        field.append(tag: "s", key.selector.utf8)
        field.append(tag: "q", "dns/txt".utf8)
        field.append(tag: "t", String(seconds).utf8)
        if let validity = options.validity {
            field.append(tag: "x", String(seconds + validity).utf8)
        }
        try field.append(fieldNames: fieldNames)
        field.append(tag: "bh", Base64.encode(bodyHash))
        field.beginSignature()
        return field
    }

    /// The hash that is signed: the selected fields, then the signature's own (RFC 6376 §3.7).
    private func hash(_ field: SignatureField, after header: borrowing SHA256) throws(SigningError) -> [UInt8] {
        var canonicalizer = HeaderCanonicalizer(
            collected.options.headerCanonicalization, capacity: field.value.count + 64)
        let name = [UInt8](SignatureField.name.utf8)
        name.withUnsafeBytes { name in
            field.value.withUnsafeBytes { canonicalizer.appendUnended(name: name, value: $0) }
        }
        guard var digest = SHA256(continuing: header) else { throw .cryptography("no memory for a hash") }
        canonicalizer.text.withUnsafeBytes { digest.update($0) }
        guard let hash = digest.finish() else { throw .cryptography("SHA-256 failed") }
        return hash
    }
}
