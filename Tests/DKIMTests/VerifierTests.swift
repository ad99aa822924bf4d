// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DKIM

@Suite struct `The verifier` {
    private let keys: TestKeys
    private let message = MessageUnderTest("From: a@castle.example\nSubject: x\n\nbody\n")

    init() throws {
        keys = try TestKeys.made()
    }

    @Test func `has nothing to say of an unsigned message`() throws {
        #expect(try Verifier.verify(message: message.text, keys: keys.source) == [])
        #expect(try Verifier.verify(message: [], keys: keys.source) == [])
    }

    @Test func `names each signature's domain, selector and algorithm`() throws {
        let results = try Verifier.verify(message: message.signed(by: keys.both), keys: keys.source)
        #expect(
            results == [
                Verification(domain: "castle.example", selector: "r1", algorithm: "rsa-sha256", outcome: .pass),
                Verification(domain: "castle.example", selector: "e1", algorithm: "ed25519-sha256", outcome: .pass),
            ])
    }

    @Test func `tells a changed body from a changed header`() throws {
        let signed = try message.signed(by: keys.both)
        let body = try Verifier.verify(message: signed + [UInt8]("more\r\n".utf8), keys: keys.source)
        #expect(body.map(\.outcome) == [.fail("the body hash differs"), .fail("the body hash differs")])
        let header = try Verifier.verify(message: [UInt8]("Subject: y\r\n".utf8) + signed, keys: keys.source)
        #expect(
            header.map(\.outcome) == [.fail("signature verification failed"), .fail("signature verification failed")])
    }

    @Test func `fails a signature whose key is missing, and verifies the other`() throws {
        let results = try Verifier.verify(
            message: message.signed(by: keys.both), keys: .records([KeyRecord(of: keys.ed25519)]))
        #expect(results.map(\.outcome) == [.permerror("key not found in DNS"), .pass])
    }

    @Test func `fails a signature whose key is another's`() throws {
        let record = KeyRecord(selector: "r1", domain: "castle.example", text: try other().dnsRecord)
        let results = try Verifier.verify(message: message.signed(by: [keys.rsa]), keys: .records([record]))
        #expect(results.map(\.outcome) == [.fail("signature verification failed")])
    }

    @Test(arguments: ["v=DKIM1; k=rsa; p=", "v=DKIM1; k=rsa; p=AAAA", "k=", "", "v=DKIM1; k=dsa; p=AAAA", "p=\u{0}"])
    func `fails a signature whose key cannot be used`(_ text: String) throws {
        let record = KeyRecord(selector: "r1", domain: "castle.example", text: text)
        let results = try Verifier.verify(message: message.signed(by: [keys.rsa]), keys: .records([record]))
        #expect(results.count == 1)
        #expect(results.allSatisfy { $0.outcome != .pass })
    }

    @Test func `fails a signature that has expired`() throws {
        let options = try SigningOptions(validity: 1)
        var signer = MessageSigner(keys: [keys.rsa], options: options)
        signer.header("From", " a@castle.example")
        signer.endOfHeaders()
        let signature = try signer.finish(at: 1_000_000_000)[0]
        let text = "DKIM-Signature:\(signature.headerValue)\nFrom: a@castle.example\n\n"
        let results = try Verifier.verify(message: [UInt8](text.utf8), keys: keys.source)
        #expect(results.map(\.outcome) == [.permerror("signature expired")])
    }

    @Test func `gives a malformed signature a result of its own`() throws {
        let malformed = [UInt8]("DKIM-Signature: v=1; a=; nonsense\r\nDKIM-Signature:\r\n".utf8)
        let results = try Verifier.verify(message: malformed + message.signed(by: [keys.rsa]), keys: keys.source)
        #expect(results.last?.outcome == .pass)
        #expect(results.dropLast().allSatisfy { $0.outcome != .pass })
    }

    @Test func `may be asked from many threads`() async throws {
        let signed = try message.signed(by: keys.both)
        let source = keys.source
        let results = try await withThrowingTaskGroup(of: [Verification].self) { group in
            for _ in 0..<64 { group.addTask { try Verifier.verify(message: signed, keys: source) } }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(results.count == 128)
        #expect(results.allSatisfy { $0.outcome == .pass })
    }

    private func other() throws -> SigningKey {
        try SigningKey(domain: "castle.example", selector: "r1", generating: .rsa2048)
    }
}
