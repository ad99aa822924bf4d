// SPDX-License-Identifier: Apache-2.0
import DKIM
import Testing

@Suite struct `Signing options` {
    @Test func `sign what the RFCs name, by relaxed canonicalization and without end`() {
        let options = SigningOptions()
        #expect(options.headerCanonicalization == .relaxed)
        #expect(options.bodyCanonicalization == .relaxed)
        #expect(options.validity == nil)
        #expect(options.signedFields.contains("List-Unsubscribe-Post"))
        #expect(!options.signedFields.contains("Received"))
        #expect(Set(options.oversignedFields) == ["From", "To", "Cc", "Subject", "Date", "Reply-To"])
    }

    @Test func `always sign From`() throws {
        #expect(
            try SigningOptions(signedFields: ["Subject"], oversignedFields: [], validity: nil).signedFields == [
                "From", "Subject",
            ])
        #expect(
            try SigningOptions(signedFields: ["FROM"], oversignedFields: [], validity: nil).signedFields == ["FROM"])
    }

    @Test func `sign what is to be oversigned, and each name once`() throws {
        let options = try SigningOptions(
            signedFields: ["From", "from", "To"], oversignedFields: ["to", "Cc"], validity: nil)
        #expect(options.signedFields == ["From", "To", "Cc"])
        #expect(options.oversignedFields == ["To", "Cc"])
    }

    @Test(arguments: ["", "a b", "To:", "a;b", "Sübject", "x\n", String(repeating: "x", count: 65)])
    func `refuse what is no field's name`(_ name: String) {
        #expect(throws: SigningOptionsError.notAFieldName(name)) {
            try SigningOptions(signedFields: [name], validity: nil)
        }
    }

    @Test(arguments: ["Received", "return-path", "DKIM-Signature", "Authentication-Results"])
    func `refuse fields that change on the way`(_ name: String) {
        #expect(throws: SigningOptionsError.mustNotBeSigned(name)) {
            try SigningOptions(oversignedFields: [name], validity: nil)
        }
    }

    @Test(arguments: [Int64.min, -1, 0, SigningOptions.longestValidity + 1, .max])
    func `refuse a validity out of range`(_ validity: Int64) {
        #expect(throws: SigningOptionsError.validityOutOfRange(validity)) { try SigningOptions(validity: validity) }
    }

    @Test(arguments: [1, SigningOptions.longestValidity])
    func `take a validity within range`(_ validity: Int64) throws {
        #expect(try SigningOptions(validity: validity).validity == validity)
    }
}
