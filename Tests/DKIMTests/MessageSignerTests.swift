// SPDX-License-Identifier: Apache-2.0
import DKIM
import Testing

@Suite struct `A message signer` {
    private let keys: TestKeys

    init() throws {
        keys = try TestKeys.made()
    }

    @Test func `gives a signature for each key, in their order`() throws {
        let signatures = try message("From: a@castle.example\n\nx\n").signatures(by: [keys.ed25519, keys.rsa])
        #expect(signatures.map(\.selector) == ["e1", "r1"])
        #expect(signatures.map(\.algorithm) == [.ed25519SHA256, .rsaSHA256])
        #expect(signatures.map(\.domain) == ["castle.example", "castle.example"])
    }

    @Test func `gives none without a key`() throws {
        #expect(try message("From: a@castle.example\n\nx\n").signatures(by: []) == [])
    }

    @Test func `signs the same message at the same time with the same words`() throws {
        let message = message("From: a@castle.example\nSubject: x\n\nbody\n")
        #expect(try message.signatures(by: keys.both) == message.signatures(by: keys.both, chunk: 1))
    }

    @Test func `can be made at the end of the header, when it is known who signs`() throws {
        let message = message("Received: x\nFrom: a@castle.example\nSubject: x\n\nbody\n")
        var header = SignableHeader(options: SigningOptions())
        for field in message.raw.fields {
            field.name.withUnsafeBytes { name in
                field.value.withUnsafeBytes { header.append(name: name, value: $0) }
            }
        }
        var signer = MessageSigner(keys: keys.both, header: header)
        signer.body(message.raw.body)
        #expect(try signer.finish(at: MessageUnderTest.signedAt) == message.signatures(by: keys.both))
    }

    @Test func `refuses a message without From`() {
        refuses(.noFrom, message("Subject: From: a@castle.example\n\nFrom: b@castle.example\n"))
        refuses(.noFrom, message("\nx\n"))
        refuses(.noFrom, message(""))
    }

    @Test(arguments: [Int64.min, -1, .max])
    func `refuses a time that cannot be told`(_ seconds: Int64) {
        #expect(throws: SigningError.timeOutOfRange) {
            try message("From: a@castle.example\n\n").signatures(by: keys.both, at: seconds)
        }
    }

    @Test func `refuses parts out of order`() {
        #expect(throws: SigningError.outOfOrder) { try signed { $0.body([1]) } }
        #expect(throws: SigningError.outOfOrder) { try signed { _ in } }
        #expect(throws: SigningError.outOfOrder) {
            try signed { signer in
                signer.endOfHeaders()
                signer.header("Subject", " late")
            }
        }
        #expect(throws: SigningError.outOfOrder) {
            try signed { signer in
                signer.endOfHeaders()
                signer.endOfHeaders()
            }
        }
        #expect(throws: SigningError.outOfOrder) {
            try signed { signer in
                signer.endOfHeaders()
                _ = try signer.finish(at: 0)
            }
        }
    }

    @Test func `keeps a mebibyte of fields and no more`() throws {
        let most = SignableHeader.maximumLength - "From xSubject".utf8.count
        _ = try signed(subject: String(repeating: "x", count: most))
        #expect(throws: SigningError.headerTooLarge(limit: SignableHeader.maximumLength)) {
            try signed(subject: String(repeating: "x", count: most + 1))
        }
    }

    @Test func `keeps no field that is not signed, however large`() throws {
        _ = try signed { signer in
            signer.header("X-Ballast", String(repeating: "x", count: 3 * SignableHeader.maximumLength))
            for _ in 0..<30_000 { signer.header("Received", " by castle.example") }
            signer.endOfHeaders()
        }
    }

    @Test(arguments: [1000, 3000])
    func `refuses a list of names that verifiers would cut`(_ count: Int) {
        #expect(throws: SigningError.tooManyFields(limit: 4000)) {
            try signed { signer in
                for _ in 0..<count { signer.header("Subject", " again") }
                signer.endOfHeaders()
            }
        }
    }

    @Test func `makes no list that libopendkim cuts`() throws {
        let message = message(
            "From: a@castle.example\n" + String(repeating: "Subject: again\n", count: 480) + "\nx\n")
        let results = try Verifier.verify(message: message.signed(by: keys.both), keys: keys.source)
        #expect(results.map(\.outcome) == [.pass, .pass])
    }

    @Test(arguments: ["From", "To", "Cc", "Subject", "Date", "Reply-To"])
    func `lets nobody add a field that is oversigned`(_ name: String) throws {
        let signed = try message("From: a@castle.example\nTo: b\nSubject: x\n\nbody\n").signed(by: keys.both)
        let added = [UInt8]("\(name): added\r\n".utf8) + signed
        let results = try Verifier.verify(message: added, keys: keys.source)
        #expect(results.map { $0.outcome == .pass } == [false, false])
    }

    @Test func `does not mind a field on top that it does not sign`() throws {
        let signed = try message("From: a@castle.example\nTo: b\nSubject: x\n\nbody\n").signed(by: keys.both)
        let added = [UInt8]("Received: by relay.example\r\nList-Id: <x>\r\n".utf8) + signed
        #expect(try Verifier.verify(message: added, keys: keys.source).map(\.outcome) == [.pass, .pass])
    }

    @Test func `signs with a name before whose colon a space stands`() throws {
        let message = message("From : a@castle.example\nSubject : x\n\nbody\n")
        #expect(
            try Verifier.verify(message: message.signed(by: keys.both), keys: keys.source).map(\.outcome) == [
                .pass, .pass,
            ])
    }

    @Test func `may share its keys with signers on other threads`() async throws {
        let keys = keys
        let results = try await withThrowingTaskGroup(of: [Signature].self) { group in
            for number in 0..<64 {
                group.addTask {
                    try MessageUnderTest("From: a@castle.example\nSubject: \(number % 4)\n\nbody\n").signatures(
                        by: keys.both)
                }
            }
            return try await group.reduce(into: Set<[Signature]>()) { $0.insert($1) }
        }
        #expect(results.count == 4)
    }

    private func message(_ text: String) -> MessageUnderTest {
        MessageUnderTest(text)
    }

    private func refuses(_ error: SigningError, _ message: MessageUnderTest) {
        #expect(throws: error) { try message.signatures(by: keys.both) }
    }

    private func signed(subject: String) throws -> [Signature] {
        try signed { signer in
            signer.header("Subject", subject)
            signer.endOfHeaders()
        }
    }

    /// What becomes of a message with `From: x` and what `rest` adds to it.
    @discardableResult
    private func signed(rest: (inout MessageSigner) throws -> Void) throws -> [Signature] {
        var signer = MessageSigner(keys: [keys.ed25519], options: SigningOptions())
        signer.header("From", " x")
        try rest(&signer)
        return try signer.finish(at: MessageUnderTest.signedAt)
    }
}
