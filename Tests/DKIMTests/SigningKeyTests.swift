// SPDX-License-Identifier: Apache-2.0
import DKIM
import Testing

@Suite struct `A signing key` {
    @Test(arguments: SigningKeyKind.allCases)
    func `of each kind can be made, kept, read and proven`(_ kind: SigningKeyKind) throws {
        let made = try SigningKey(domain: "castle.example", selector: "s1", generating: kind)
        let read = try SigningKey(domain: "castle.example", selector: "s1", pem: made.pem())
        #expect(read.algorithm == kind.algorithm)
        #expect(read.dnsRecord == made.dnsRecord)
        try read.prove()
    }

    @Test func `is written as PKCS 8`() throws {
        let pem = String(decoding: try TestKeys.made().rsa.pem(), as: UTF8.self)
        #expect(pem.hasPrefix("-----BEGIN PRIVATE KEY-----\n"))
        #expect(pem.hasSuffix("-----END PRIVATE KEY-----\n"))
    }

    @Test func `takes its domain in any case and keeps it in lower case`() throws {
        #expect(try read(RFCKeys.rfc8463Ed25519, domain: "Castle.EXAMPLE").domain == "castle.example")
    }

    @Test func `is refused with fewer bits than the site asks for`() {
        refuses(.tooShort(bits: 1024, minimum: 2048), RFCKeys.rfc6376)
        refuses(.tooShort(bits: 1024, minimum: 1025), RFCKeys.rfc6376, minimumBits: 1025)
        #expect(throws: Never.self) { try read(RFCKeys.rfc6376, minimumBits: 1024) }
    }

    @Test func `is never taken with less than 1024 bits, whatever the site asks for`() {
        refuses(.tooShort(bits: 512, minimum: 1024), Self.rsa512, minimumBits: 0)
    }

    @Test func `is refused if it is of another kind`() {
        refuses(.unsupportedKind("EC"), Self.ec)
    }

    @Test func `is refused, and no passphrase asked for, if it is encrypted`() {
        refuses(.encrypted, Self.encrypted)
    }

    @Test func `is not proven if its private part does not belong to its public one`() throws {
        let key = try read(Self.corrupt, minimumBits: 1024)
        #expect {
            try key.prove()
        } throws: { error in
            if case SigningKeyError.notProven = error { true } else { false }
        }
    }

    @Test func `is refused if it is the public one`() throws {
        refuses(.publicKeyOnly, Self.publicKey)
    }

    @Test(arguments: [
        "", "\n", "hello", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        String(RFCKeys.rfc8463Ed25519.dropLast(40)), "-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n",
    ])
    func `is refused if it is no key`(_ text: String) {
        #expect {
            try read(text)
        } throws: { error in
            if case SigningKeyError.notAPrivateKey = error { true } else { false }
        }
    }

    @Test(arguments: [
        "", "castle", ".castle.example", "castle.example.", "castle..example", "-castle.example", "castle-.example",
        "castle_1.example", "käse.example", "castle.example;", "castle.exam ple", "a\r\n.example",
        String(repeating: "a", count: 64) + ".example", String(repeating: "abcdefg.", count: 32) + "example",
    ])
    func `is refused for what is not a domain`(_ domain: String) {
        #expect(throws: SigningKeyError.invalidDomain(domain)) { try read(RFCKeys.rfc8463Ed25519, domain: domain) }
    }

    @Test(arguments: ["", ".", "s1.", "s;1", "s 1", "s=1", "sé", "s\n", String(repeating: "s", count: 64)])
    func `is refused for what is not a selector`(_ selector: String) {
        #expect(throws: SigningKeyError.invalidSelector(selector)) {
            try read(RFCKeys.rfc8463Ed25519, selector: selector)
        }
    }

    @Test(arguments: ["s", "2026", "s1.eu", "mail_2026", "a-b", String(repeating: "s", count: 63)])
    func `is taken for any selector that DNS can hold`(_ selector: String) {
        #expect(throws: Never.self) { try read(RFCKeys.rfc8463Ed25519, selector: selector) }
    }

    @Test func `is published under its selector and domain`() throws {
        let key = try read(RFCKeys.rfc8463Ed25519)
        #expect(key.dnsName == "s1._domainkey.castle.example")
        #expect(key.dnsRecord == "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=")
        #expect(key.zoneFileRecord == "s1._domainkey.castle.example. IN TXT ( \"\(key.dnsRecord)\" )")
    }

    @Test func `is published in strings of 255 bytes at most`() throws {
        let key = try TestKeys.made().rsa
        let strings = key.zoneFileRecord.split(separator: "\"").filter { $0.contains("=") || $0.count > 20 }
            .filter { !$0.contains("IN TXT") }
        #expect(strings.map(\.utf8.count).allSatisfy { $0 <= 255 })
        #expect(strings.count == 2)
        #expect(strings.joined() == key.dnsRecord)
    }

    @Test func `tells what is wrong in words`() {
        #expect(
            SigningKeyError.tooShort(bits: 1024, minimum: 2048).description
                == "the RSA key has 1024 bits, at least 2048 are required")
        #expect(SigningKeyError.encrypted.description.contains("passphrase"))
    }

    private func read(
        _ pem: String, domain: String = "castle.example", selector: String = "s1", minimumBits: Int = 2048
    ) throws -> SigningKey {
        try SigningKey(domain: domain, selector: selector, pem: [UInt8](pem.utf8), minimumBits: minimumBits)
    }

    private func refuses(_ error: SigningKeyError, _ pem: String, minimumBits: Int = 2048) {
        #expect(throws: error) { try read(pem, minimumBits: minimumBits) }
    }

    private static let rsa512 = """
        -----BEGIN RSA PRIVATE KEY-----
        MIIBOQIBAAJBAMhLWHQi3TRvKqqHeoSOtwjhBt/63cesaYQPeyjZztmJJj+kRchD
        RSxdd3HKjyfWeYSQ7kQ51C/mG/uKn8UafC8CAwEAAQJAOoa5rAXb+UxafUXlKQLC
        vRdz+NLHJ2db1bjoVgF/DdUfPx/7pofSTaESbbIkFeiYf3t48aybUASMnpnH9mCW
        0QIhAORtEG5HkJy3iwAqqKyCjuBTjxJYYxjFjI5G3+j7flwdAiEA4Hjw5oWLUVtZ
        zeSnrTnRQhVjmeu2DBIKrEbULKptj7sCIBymgVUTrNO7Qbf3ochhZ8JDOMK4S1Wk
        EYkW4qa6RJMRAiByabKADPlh0moHo9BDXwDl6fkGbzovFNMT1FY5HfUSGQIgAmJz
        E5n35LYZMpjvkpdH3WsJEk1sHehQya4Ddmk1b6M=
        -----END RSA PRIVATE KEY-----

        """
    private static let ec = """
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEILx7NA70K8Ub36t/WnHdhvldZSEC0kOwBuRPWbpKPXYHoAoGCCqGSM49
        AwEHoUQDQgAE70HMvYIcOq2HjYefzSwSYlfBoMq1+/quE27WWH4P3nKcR8kaKXRt
        E36NjdnoWq4xJkl5hIIkviraQTmvAsjOZA==
        -----END EC PRIVATE KEY-----

        """
    private static let encrypted = """
        -----BEGIN ENCRYPTED PRIVATE KEY-----
        MIGbMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjZt5JsZOWoMAICCAAw
        DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEG0KA6euozLuYKZ4lN74i7EEQOel
        qym0XvfoFlZn6uuFXbdABq1EAB0mm+v82L2kAaq+yOJYmdvweahN5nXZNZBKKhyK
        1qeMcqSothKQYeQXwLs=
        -----END ENCRYPTED PRIVATE KEY-----

        """
    private static let publicKey = """
        -----BEGIN PUBLIC KEY-----
        MCowBQYDK2VwAyEAOgU0b9hPbLCKSXwVnZjktstLNd65xeqrmGZaY3mbAQ0=
        -----END PUBLIC KEY-----

        """
    /// The key of RFC 6376 appendix C, its private numbers changed.
    private static let corrupt = """
        -----BEGIN RSA PRIVATE KEY-----
        MIICXwIBAAKBgQDwIRP/UC3SBsEmGqZ9ZJW3/DkMoGeLnQg1fWn7/zYtIxN2SnFC
        jxOCKG9v3b4jYfcTNh5ijSsq631uBItLa7od+v/RtdC2UzJ1lWT947qR+Rcac2gb
        to/NMqJ0fzfVjH4OuKhitdY9tf6mcwGjaNBcWToIMmPSPDdQPNUYckcQ2QIDAQAB
        AoGBALmn+XwWk7akvkUlqb+dOxyLB9i5VBVfje89Teolwc9YJT36BGN/l4e0l6QX
        /1//6DWUTB3KI6wFcm7TWJcxbS0tcKZX7FsJvUz1SbQnkS54DJck1EZO/BLa5ckJ
        gAYIaqlA9C0ZwM6i58lLlPadX/rtHb7pWzeNcZHjKrjM461VAkEA+itss2nRlmyO
        n1/5yDyCluST4dQfO8kAB3toSEVc7DeFeDhnC1mZdjASZNvdHS4gbLIA1hUGEF9m
        3hKsGUMMPwJBAPW5v/U+AWTADFCS22t72NUurgzeAbzb1HWMqO4y4+9Hpjk5wvL/
        eVYizyuce3/fGke7aRYw/ADKygMJdW8H/OcCQQDz5OQb4j2QDpPZc0Nc4QlbvMsj
        7p7otWRO5xRa6SzXqqV3+F0VpqvDmshEBkoCydaYwc2o6WQ5EBmExeV8124TAkEA
        qZzGsIxVP+sEVRWZmW6KNFSdVUpk3qzK0Tz/WjQMe5z0UunY9Ax9/4PVhp/j61bf
        eAYXunajbBSOLlx4D+TumwJBANkPI5S9iylsbLs6NkaMHV6k5ioHBBmgCak95JGX
        GMot/L2x0IYyMLAz6oLWh2hm7zwtb0CgOrPo1ke44hFYnfc=
        -----END RSA PRIVATE KEY-----

        """
}
