// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DKIM
internal import PosternServer
internal import Settings

struct DKIMNew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Make an RSA and an Ed25519 key for a domain, and print the records to publish.",
        discussion: "RSA alone satisfies DMARC; Ed25519 beside it is a choice. Existing files are never overwritten.")

    @Argument(help: "The signing domain, such as example.com.")
    var domain: String
    @Option(help: "The selector of the RSA key.")
    var rsaSelector = "s1"
    @Option(help: "The selector of the Ed25519 key.")
    var ed25519Selector = "e1"
    @Option(help: "The bits of the RSA key: 2048, 3072 or 4096.")
    var bits = 2048
    @Flag(help: "Make the RSA key only.")
    var rsaOnly = false
    @Option(help: "The directory for the key files.")
    var directory = "/etc/postern/keys"
    @Option(help: "The group that may read the files besides their owner.")
    var group = "postern"

    func run() throws {
        guard let rsa = SigningKeyKind(rawValue: "rsa-\(bits)") else {
            throw ValidationError("--bits is 2048, 3072 or 4096; \(bits) is none of them")
        }
        var wanted = [(rsaSelector, rsa)]
        if !rsaOnly { wanted.append((ed25519Selector, .ed25519)) }
        var made: [(file: String, key: SigningKey)] = []
        do {
            for (selector, kind) in wanted {
                let key = try SigningKey(domain: domain, selector: selector, generating: kind)
                try key.prove()
                made.append(("\(directory)/\(key.domain).\(selector).pem", key))
            }
            try KeyStore.write(made, group: group)
        } catch {
            Terminal.complain("postern: \(error)")
            throw ExitStatus.finding
        }
        report(made)
    }

    private func report(_ made: [(file: String, key: SigningKey)]) {
        for (file, key) in made {
            print(Terminal.styled("\(file)", .bold) + "  \(key.algorithm.rawValue), \(key.bits) bits")
        }
        print("\n# 1. Publish, in a zone file:\n")
        for (_, key) in made { print(key.zoneFileRecord + "\n") }
        print("#    or in a provider's form, name and value in one line:\n")
        for (_, key) in made { print("\(key.dnsName)\n    \(key.dnsRecord)\n") }
        print(
            "# 2. Sign, in \(Configuration.standardPath):\n\n[[domain]]\nname = \(quoted(made.first?.key.domain ?? domain))\nkeys = ["
        )
        for (file, key) in made { print("  { selector = \(quoted(key.selector)), file = \(quoted(file)) },") }
        print("]\n\n# 3. postern config check && systemctl reload postern")
    }
}
