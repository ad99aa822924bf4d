// SPDX-License-Identifier: Apache-2.0
import DKIM
import Testing

@Suite struct `A signature's field` {
    @Test func `has the tags that a verifier needs, and no length`() throws {
        let value = try header(from: "From: a@castle.example\nTo: b\n\nx\n", keys: [TestKeys.made().ed25519])
        let tags = self.tags(of: value)
        #expect(tags.map(\.name) == ["v", "a", "c", "d", "s", "q", "t", "h", "bh", "b"])
        #expect(
            tags.map(\.value).prefix(7) == [
                "1", "ed25519-sha256", "relaxed/relaxed", "castle.example", "e1", "dns/txt", "1791369000",
            ])
        #expect(tags[7].value == "From:From:Reply-To:Subject:Date:To:To:Cc")
    }

    @Test func `tells when it expires if the site wants an end`() throws {
        let options = try SigningOptions(validity: 3600)
        let value = try header(from: "From: a@castle.example\n\n", keys: [TestKeys.made().rsa], options: options)
        #expect(tags(of: value).first { $0.name == "x" }?.value == "1791372600")
    }

    @Test func `begins with a space and is folded by LF and tab, without CR`() throws {
        let value = try header(from: "From: a@castle.example\n\n", keys: [TestKeys.made().rsa])
        #expect(value.hasPrefix(" v=1;"))
        #expect(!value.utf8.contains(UInt8(ascii: "\r")))
        #expect(
            value.split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("\t") && $0.dropFirst().first != "\t" })
        #expect(value.last != "\n")
    }

    @Test(arguments: ["short.example", String(repeating: "abcdefghi.", count: 5) + "example"])
    func `stays within 77 columns where its words allow`(_ domain: String) throws {
        let cc = String(repeating: "Cc: x\nReferences: <1@x>\n", count: 30)
        for kind in [SigningKeyKind.rsa4096, .ed25519] {
            let key = try SigningKey(domain: domain, selector: "a-rather-long-selector.of-2026", generating: kind)
            let value = try header(from: "From: a@\(domain)\n\(cc)\n", keys: [key])
            let lines = "DKIM-Signature:\(value)".split(separator: "\n").map { $0.replacing("\t", with: "        ") }
            #expect(lines.allSatisfy { $0.utf8.count <= 77 }, "\(value)")
        }
    }

    @Test func `puts a domain that is longer than a line on a line of its own`() throws {
        let domain = String(repeating: "abcdefghi.", count: 17) + "example"
        let key = try SigningKey(domain: domain, selector: "s", generating: .ed25519)
        let message = MessageUnderTest("From: a@\(domain)\n\nx\n")
        #expect(try message.signatures(by: [key])[0].headerValue.contains("\n\td=\(domain);"))
        let results = try Verifier.verify(message: message.signed(by: [key]), keys: .records([KeyRecord(of: key)]))
        #expect(results.map(\.outcome) == [.pass])
    }

    private func header(
        from message: String, keys: [SigningKey], options: SigningOptions = SigningOptions()
    ) throws -> String {
        try MessageUnderTest(message).signatures(by: keys, options: options)[0].headerValue
    }

    private func tags(of value: String) -> [(name: String, value: String)] {
        value.filter { !" \n\t".contains($0) }.split(separator: ";").map { tag in
            let parts = tag.split(separator: "=", maxSplits: 1)
            return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
        }
    }
}
