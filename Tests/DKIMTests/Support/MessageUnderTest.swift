// SPDX-License-Identifier: Apache-2.0
import DKIM

/// A message that a test signs as the daemon would: the header as a milter gives it, the body in chunks.
struct MessageUnderTest {
    let raw: RawMessage

    init(_ bytes: [UInt8]) {
        raw = bytes.withUnsafeBytes { RawMessage($0) }
    }

    init(_ text: String) {
        self.init([UInt8](text.utf8))
    }

    /// The signatures of the message.
    func signatures(
        by keys: [SigningKey], options: SigningOptions = SigningOptions(), chunk: Int = 65_535,
        at seconds: Int64 = signedAt
    ) throws -> [Signature] {
        var signer = MessageSigner(keys: keys, options: options)
        for field in raw.fields { signer.header(field) }
        signer.endOfHeaders()
        signer.body(raw.body, chunk: chunk)
        return try signer.finish(at: seconds)
    }

    /// The whole message with its signatures on top, each line ended by CRLF.
    func signed(
        by keys: [SigningKey], options: SigningOptions = SigningOptions(), chunk: Int = 65_535
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        for signature in try signatures(by: keys, options: options, chunk: chunk) {
            bytes += Array("\(Signature.fieldName):\(signature.headerValue)\n".utf8).flatMap { byte -> [UInt8] in
                byte == UInt8(ascii: "\n") ? [UInt8(ascii: "\r"), byte] : [byte]
            }
        }
        return bytes + text
    }

    /// The message without signatures, each line ended by CRLF.
    var text: [UInt8] {
        let lineEnd = [UInt8]("\r\n".utf8)
        let header = raw.fields.flatMap { $0.name + [UInt8(ascii: ":")] + $0.value + lineEnd }
        return header + lineEnd + raw.body
    }

    static let signedAt: Int64 = 1_791_369_000
}

extension MessageSigner {
    /// Gives a field with LF in its folds, as libmilter does.
    mutating func header(_ field: RawMessage.Field) {
        var value: [UInt8] = []
        for (index, byte) in field.value.enumerated() {
            let isFold = byte == UInt8(ascii: "\r") && field.value.dropFirst(index + 1).first == UInt8(ascii: "\n")
            if !isFold { value.append(byte) }
        }
        field.name.withUnsafeBytes { name in
            value.withUnsafeBytes { header(name: name, value: $0) }
        }
    }

    mutating func header(_ name: String, _ value: String) {
        let name = [UInt8](name.utf8), value = [UInt8](value.utf8)
        name.withUnsafeBytes { name in
            value.withUnsafeBytes { header(name: name, value: $0) }
        }
    }

    mutating func body(_ bytes: [UInt8], chunk: Int = 65_535) {
        var rest = bytes[...]
        while !rest.isEmpty {
            rest.prefix(chunk).withUnsafeBytes { body($0) }
            rest = rest.dropFirst(chunk)
        }
    }
}
