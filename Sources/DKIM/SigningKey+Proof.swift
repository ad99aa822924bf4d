// SPDX-License-Identifier: Apache-2.0

extension SigningKey {
    /// Signs a fixed test message and has libopendkim verify it with the public key as it would be published.
    ///
    /// A key that passes is whole, of the kind it says, and makes signatures that others verify.
    ///
    /// - Throws: `notProven` with the reason.
    public func prove() throws(SigningKeyError) {
        let signature: Signature?
        do throws(SigningError) {
            var signer = MessageSigner(keys: [self], options: SigningOptions())
            for (name, value) in Self.proofFields { signer.header(name, value) }
            signer.endOfHeaders()
            signer.body(Self.proofBody)
            signature = try signer.finish(at: Self.proofTime).first
        } catch {
            throw .notProven(error.description)
        }
        guard let signature else { throw .notProven("no signature was made") }
        let header = Self.proofFields.map { "\($0):\($1)\r\n" }.joined()
        let message = "\(Signature.fieldName):\(signature.headerValue)\r\n\(header)\r\n\(Self.proofBody)"
        do throws(VerifierError) {
            let result = try Verifier.verify(message: [UInt8](message.utf8), keys: .records([KeyRecord(of: self)]))
            switch result.first?.outcome {
            case .pass: return
            case .fail(let reason), .permerror(let reason), .temperror(let reason): throw VerifierError.refused(reason)
            case nil: throw VerifierError.refused("the signature was not seen")
            }
        } catch {
            throw .notProven(error.description)
        }
    }

    /// 2024-01-01: any time in the past does, as the signature does not expire.
    private static let proofTime: Int64 = 1_704_067_200
    private static let proofFields = [
        ("From", " Postern <postmaster@example.org>"), ("To", " Postmaster <postmaster@example.net>"),
        ("Subject", " A test of\r\n\ta signing key"), ("Date", " Mon, 1 Jan 2024 00:00:00 +0000"),
    ]
    private static let proofBody = "This  message is signed\tand verified,\r\n\r\nand goes nowhere. \r\n\r\n"
}

extension MessageSigner {
    fileprivate mutating func header(_ name: String, _ value: String) {
        let name = [UInt8](name.utf8), value = [UInt8](value.utf8)
        name.withUnsafeBytes { name in
            value.withUnsafeBytes { header(name: name, value: $0) }
        }
    }

    fileprivate mutating func body(_ text: String) {
        let text = [UInt8](text.utf8)
        text.withUnsafeBytes { body($0) }
    }
}
