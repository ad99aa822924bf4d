// SPDX-License-Identifier: Apache-2.0
import DKIM
import Foundation
import MilterClient
import OpenDKIMImport
import PosternCore
import PosternServer
import ScratchSpace
import Settings
import Testing

/// A site as it runs OpenDKIM; `DIR` stands for its folder.
struct OpenDKIMSite: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var configuration: String
    var files: [String: String] = [:]
    var keys: [String]
    /// Authors whose mail both must sign alike, or both leave alone.
    var authors: [String]

    static let all = [
        OpenDKIMSite(
            testDescription: "one domain and its subdomains",
            configuration: """
                Canonicalization relaxed/simple
                Domain           example.com
                SubDomains       yes
                Selector         mail
                KeyFile          DIR/example.com.pem
                OversignHeaders  From
                """, keys: ["example.com.pem"],
            authors: ["a@example.com", "A@Example.COM", "a@news.example.com", "a@example.net", "a@notexample.com"]),
        OpenDKIMSite(
            testDescription: "several domains by patterns, each with a key, one with its subdomains",
            configuration: """
                # /etc/opendkim.conf
                KeyTable         refile:DIR/KeyTable
                SigningTable     refile:DIR/SigningTable   # patterns
                InternalHosts    DIR/TrustedHosts
                """,
            files: [
                "KeyTable": """
                # name domain:selector:file
                com._domainkey.example.com example.com:com:DIR/com.pem
                net._domainkey.example.net\texample.net:net:DIR/net.pem
                dk.example.org example.org:org:DIR/org.pem
                news news.example.org:news:DIR/news.pem
                """,
                "SigningTable": """
                *@example.com com._domainkey.example.com
                *@example.net    net._domainkey.example.net
                *@*.example.net  net._domainkey.example.net

                *@news.example.org news
                *@example.org dk.example.org
                """,
                "TrustedHosts": "127.0.0.1\nlocalhost\n",
            ], keys: ["com.pem", "net.pem", "org.pem", "news.pem"],
            authors: [
                "a@example.com", "a@sub.example.com", "a@example.net", "a@x.y.example.net", "a@example.org",
                "b@NEWS.example.org", "a@other.example.org", "a@example.edu",
            ]),
        OpenDKIMSite(
            testDescription: "flat tables, one key for all, two signatures for one domain",
            configuration: """
                KeyTable           DIR/keys
                SigningTable       file:DIR/signers
                MultipleSignatures yes
                """,
            files: [
                "keys": """
                all %:s2026:DIR/all.pem
                old example.com:s2025:DIR/old.pem
                """,
                "signers": """
                example.com all
                .example.com old
                example.net all
                mail.example.edu all
                """,
            ], keys: ["all.pem", "old.pem"],
            authors: ["a@example.com", "a@example.net", "a@mail.example.edu", "a@example.edu", "a@www.example.net"]),
    ]
}

@Suite(.serialized) struct `OpenDKIM and Postern` {
    @Test(arguments: OpenDKIMSite.all)
    func `sign the same authors by the same domains and selectors`(site: OpenDKIMSite) throws {
        let folder = try ScratchFolder()
        for key in site.keys {
            let pem = try SigningKey(domain: "example.com", selector: "any", generating: .rsa2048).pem()
            try Self.write(String(decoding: pem, as: UTF8.self), to: folder[key])
        }
        for (name, text) in site.files { try Self.write(text, to: folder[name], in: folder) }
        // It takes offence at the permissions of the directory for temporary files, and looks much up to check mail.
        try Self.write("RequireSafeKeys no\nMode s\n" + site.configuration, to: folder["opendkim.conf"], in: folder)
        let program = try OpenDKIMProgram(in: folder)
        defer { program.stop() }
        let imported = OpenDKIMImport(
            of: folder["opendkim.conf"],
            reading: ImportFiles { try? String(contentsOfFile: $0, encoding: .utf8) })
        try Self.write(imported.toml, to: folder["postern.toml"])
        let configuration: Configuration
        do {
            configuration = try Configuration.loadWithoutRules(folder["postern.toml"])
        } catch {
            Issue.record("\(error)\n\(imported.toml)")
            return
        }
        for author in site.authors {
            let theirs = try program.signatures(for: author)
            #expect(Self.signatures(by: configuration, for: author) == theirs, "\(author): \(imported.toml)")
        }
    }

    /// `SELECTOR/DOMAIN` of each signature that we would make.
    private static func signatures(by configuration: Configuration, for author: String) -> Set<String> {
        let plan = SigningPlan(domains: configuration.domains.map(\.plan))
        let facts = SigningPlan.Facts(
            isSubmitted: true, login: nil, authorFields: 1, author: AuthorDomain(fieldValue: author.utf8))
        guard case .sign(let domain) = plan.decide(facts) else { return [] }
        let keys = configuration.domains.filter { $0.plan.name == domain }.flatMap(\.keys)
        return Set(keys.map { "\($0.key.selector)/\($0.key.domain)" })
    }

    private static func write(_ text: String, to path: String, in folder: ScratchFolder? = nil) throws {
        let text = folder.map { text.replacingOccurrences(of: "DIR", with: $0.path) } ?? text
        try text.write(toFile: path, atomically: false, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
    }
}

/// opendkim(8) on a socket in a folder.
private struct OpenDKIMProgram {
    private let process = Process()
    private let socket: String

    init(in folder: ScratchFolder) throws {
        socket = folder["socket"]
        process.executableURL = URL(fileURLWithPath: "/usr/sbin/opendkim")
        process.arguments = ["-f", "-x", folder["opendkim.conf"], "-p", "local:\(socket)"]
        try process.run()
    }

    func stop() {
        // Asked to end, libmilter looks up from its poll(2) only after seconds.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// `SELECTOR/DOMAIN` of each signature that it makes for a message of this author from this host.
    func signatures(for author: String) throws -> Set<String> {
        let mta = try connected()
        try mta.connect(host: "localhost", .ipv4("127.0.0.1", port: 4000))
        try mta.say(.helo, "localhost")
        try mta.say(.envelopeSender, "<\(author)>")
        try mta.say(.envelopeRecipient, "<b@example.invalid>")
        for (name, value) in [("From", author), ("Date", "Mon, 1 Jan 2024 00:00:00 +0000"), ("Subject", "x")] {
            try mta.say(.header, name, value)
        }
        // What it has nothing to do with, it accepts at once, and hears no more of.
        if try mta.say(.endOfHeaders) == .accept { return [] }
        try mta.body(Array("hello\r\n".utf8))
        let (modifications, _) = try mta.endOfMessage()
        return Set(
            modifications.compactMap { modification in
                switch modification {
                case .addHeader("DKIM-Signature", let value), .insertHeader(_, "DKIM-Signature", let value):
                    "\(tag("s", in: value))/\(tag("d", in: value))"
                default: nil
                }
            })
    }

    private func tag(_ name: String, in value: String) -> String {
        let tags = value.split(separator: ";").map { $0.filter { !$0.isWhitespace } }
        return tags.first { $0.hasPrefix("\(name)=") }.map { String($0.dropFirst(name.count + 1)) } ?? ""
    }

    /// Connects as soon as it listens.
    private func connected() throws -> MilterConversation {
        let deadline = ContinuousClock.now + .seconds(20)
        while true {
            do {
                return try MilterConversation(with: .unix(path: socket))
            } catch {
                guard ContinuousClock.now < deadline, process.isRunning else { throw error }
                usleep(20_000)
            }
        }
    }
}
