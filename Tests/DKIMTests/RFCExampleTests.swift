// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import DKIM

@Suite struct `The examples of the RFCs` {
    /// RFC 6376 appendix A.2, with the errata 3192 (one space in the body) and 4926 (the header's indentation).
    private static let rfc6376Signature = """
         v=1; a=rsa-sha256; s=brisbane; d=example.com;
              c=simple/simple; q=dns/txt; i=joe@football.example.com;
              h=Received : From : To : Subject : Date : Message-ID;
              bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
              b=
        """
    private static let rfc6376Fields = [
        (
            "Received",
            " from client1.football.example.com  [192.0.2.1]\n      by submitserver.example.com with SUBMISSION;\n"
                + "      Fri, 11 Jul 2003 21:01:54 -0700 (PDT)"
        ), ("From", " Joe SixPack <joe@football.example.com>"), ("To", " Suzie Q <suzie@shopping.example.net>"),
        ("Subject", " Is dinner ready?"), ("Date", " Fri, 11 Jul 2003 21:00:37 -0700 (PDT)"),
        ("Message-ID", " <20030712040037.46341.5F8J@football.example.com>"),
    ]
    private static let rfc6376Body = "Hi.\r\n\r\nWe lost the game. Are you hungry yet?\r\n\r\nJoe.\r\n"
    private static let rfc6376B = """
        AuUoFEfDxTDkHlLXSZEpZj79LICEps6eda7W3deTVFOk4yAUoqOB4nujc7YopdG5dWLSdNg6xNAZpOPr+kHxt1IrE+NahM6L/LbvaHut\
        KVdkLLkpVaVVQPzeRDI009SO2Il5Lu7rDNH6mZckBdrIx0orEtZV4bmp/YzhwvcubU4=
        """

    /// RFC 8463 appendix A.3; both signatures cover the same fields, some listed twice.
    private static let rfc8463Fields = Array(rfc6376Fields.dropFirst())
    private static let rfc8463Body = "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n\r\n"
    private static let bodyHash = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8="
    private static let ed25519Signature = """
         v=1; a=ed25519-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=brisbane; t=1528637909; h=from : to :
         subject : date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=
        """
    private static let ed25519B =
        "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11BusFa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw=="
    private static let rsaSignature = """
         v=1; a=rsa-sha256; c=relaxed/relaxed;
         d=football.example.com; i=@football.example.com;
         q=dns/txt; s=test; t=1528637909; h=from : to : subject :
         date : message-id : from : subject : date;
         bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
         b=
        """
    private static let rsaB = """
        F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGs\
        geefOsk2JzdA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=
        """

    @Test func `give the body hash of RFC 6376 appendix A by simple canonicalization`() {
        #expect(hash(Self.rfc6376Body, .simple) == Self.bodyHash)
    }

    @Test func `give the body hash of RFC 8463 appendix A by relaxed canonicalization`() {
        #expect(hash(Self.rfc8463Body, .relaxed) == Self.bodyHash)
    }

    @Test func `give the body hashes of empty bodies in RFC 6376 §3_4`() {
        #expect(hash("", .simple) == "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY=")
        #expect(hash("", .relaxed) == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    }

    @Test func `give the very signature of RFC 6376 appendix A`() throws {
        let key = try key("example.com", "brisbane", RFCKeys.rfc6376)
        let signature = try sign(Self.rfc6376Fields, Self.rfc6376Signature, .simple, afterB: ";", by: key)
        #expect(signature == Self.rfc6376B)
    }

    @Test func `give the very Ed25519 signature of RFC 8463 appendix A`() throws {
        let key = try key("football.example.com", "brisbane", RFCKeys.rfc8463Ed25519)
        #expect(key.dnsRecord == "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        #expect(try sign(Self.rfc8463Fields, Self.ed25519Signature, .relaxed, by: key) == Self.ed25519B)
    }

    @Test func `give the very RSA signature of RFC 8463 appendix A`() throws {
        let key = try key("football.example.com", "test", RFCKeys.rfc8463RSA)
        #expect(try sign(Self.rfc8463Fields, Self.rsaSignature, .relaxed, by: key) == Self.rsaB)
    }

    @Test func `verify in libopendkim`() throws {
        let keys = try [
            key("football.example.com", "brisbane", RFCKeys.rfc8463Ed25519),
            key("football.example.com", "test", RFCKeys.rfc8463RSA),
        ]
        let header = Self.rfc8463Fields.map { "\($0):\($1)\n" }.joined()
        let message = """
            DKIM-Signature:\(Self.ed25519Signature)\(Self.ed25519B)
            DKIM-Signature:\(Self.rsaSignature)\(Self.rsaB)
            \(header)
            \(Self.rfc8463Body)
            """
        let results = try Verifier.verify(
            message: [UInt8](message.utf8), keys: .records(keys.map { KeyRecord(of: $0) }))
        #expect(results.map(\.outcome) == [.pass, .pass])
        #expect(results.map(\.selector) == ["brisbane", "test"])
        #expect(results.map(\.algorithm) == ["ed25519-sha256", "rsa-sha256"])
    }

    private func key(_ domain: String, _ selector: String, _ pem: String) throws -> SigningKey {
        try SigningKey(domain: domain, selector: selector, pem: [UInt8](pem.utf8), minimumBits: 1024)
    }

    private func hash(_ body: String, _ canonicalization: Canonicalization) -> String? {
        var digest = BodyDigest(canonicalization)
        let body = [UInt8](body.utf8)
        body.withUnsafeBytes { digest?.update($0) }
        return digest?.finish().map { String(decoding: Base64.encode($0), as: UTF8.self) }
    }

    /// What `b=` becomes for a header that is signed in the order of the examples, from the top.
    private func sign(
        _ fields: [(String, String)], _ signature: String, _ canonicalization: Canonicalization, afterB: String = "",
        by key: SigningKey
    ) throws -> String {
        var canonicalizer = HeaderCanonicalizer(canonicalization)
        for (name, value) in fields { append(name, value, isLast: false) }
        append("DKIM-Signature", signature + afterB, isLast: true)
        func append(_ name: String, _ value: String, isLast: Bool) {
            [UInt8](name.utf8).withUnsafeBytes { name in
                [UInt8](value.utf8).withUnsafeBytes { value in
                    isLast
                        ? canonicalizer.appendUnended(name: name, value: value)
                        : canonicalizer.append(name: name, value: value)
                }
            }
        }
        var digest = SHA256()
        canonicalizer.text.withUnsafeBytes { digest?.update($0) }
        let hash = digest?.finish()
        return String(decoding: Base64.encode(try key.sign(#require(hash))), as: UTF8.self)
    }
}
