// SPDX-License-Identifier: Apache-2.0
import DKIM
import Foundation
import PosternCore
import Settings
import Testing

@testable import PosternServer

@Suite struct `A configuration` {
    private let directory: ScratchDirectory
    private let rsa: String
    private let ed25519: String

    init() throws {
        directory = try ScratchDirectory()
        rsa = try directory.write(
            try SigningKey(domain: "example.com", selector: "s1", generating: .rsa2048).pem(), to: "rsa.pem")
        ed25519 = try directory.write(
            try SigningKey(domain: "example.com", selector: "e1", generating: .ed25519).pem(), to: "ed.pem")
    }

    private func complaints(_ text: String) throws -> [String] {
        let file = try directory.write(text.utf8, to: "postern.toml", mode: 0o644)
        do throws(Problems) {
            _ = try Configuration.load(file)
            return []
        } catch {
            return error.all.map { $0.description.replacingOccurrences(of: directory.path + "/", with: "") }
        }
    }

    @Test func `may be empty: it then signs nothing and observes`() throws {
        let file = try directory.write([], to: "empty.toml")
        let configuration = try Configuration.load(file)
        #expect(configuration.domains.isEmpty)
        #expect(configuration.modes.signing == .enforce)
        #expect(configuration.modes.limits == .observe)
        #expect(configuration.modes.listings == .observe)
    }

    @Test func `reads the keys of a domain, RSA and Ed25519`() throws {
        let file = try directory.write(
            """
            [[domain]]
            name = "Example.com"
            keys = [{ selector = "s1", file = "\(rsa)" }, { selector = "e1", file = "\(ed25519)" }]
            """.utf8, to: "postern.toml")
        let domain = try #require(try Configuration.load(file).domains.first)
        #expect(domain.plan.name == "example.com")
        #expect(domain.keys.map(\.key.algorithm) == [.rsaSHA256, .ed25519SHA256])
    }

    @Test func `names file, line and key of each key file that cannot be used`() throws {
        chmod(rsa, 0o644)
        let garbage = try directory.write("-----BEGIN PRIVATE KEY-----\nAAAA\n".utf8, to: "garbage.pem")
        let found = try complaints(
            """
            [[domain]]
            name = "example.com"
            keys = [
              { selector = "s1", file = "\(rsa)" },
              { selector = "s2", file = "\(garbage)" },
            ]
            """)
        #expect(found.count == 2)
        #expect(
            found.first
                == "postern.toml:4: domain[1].keys[1].file: \"rsa.pem\" is open to every user of this host; chmod o= rsa.pem"
        )
        #expect(found.last?.hasPrefix("postern.toml:5: domain[1].keys[2].file: \"garbage.pem\": ") == true)
    }

    @Test func `refuses a short RSA key unless the site allows it`() throws {
        let short = try directory.write(try openssl("genrsa", "1024"), to: "short.pem")
        let domain = "[[domain]]\nname = \"example.com\"\nkeys = [{ selector = \"s1\", file = \"\(short)\" }]\n"
        let found = try complaints(domain)
        #expect(found.count == 1)
        #expect(found.first?.contains("1024") == true, "\(found)")
        #expect(try complaints("[signing]\nminimum-rsa-bits = 1024\n" + domain).isEmpty)
    }

    @Test func `refuses a domain or a selector that stands twice, and a domain without keys`() throws {
        let keys = "keys = [{ selector = \"s1\", file = \"\(rsa)\" }]\n"
        #expect(
            try complaints("[[domain]]\nname = \"a.example\"\n\(keys)[[domain]]\nname = \"A.example\"\n\(keys)") == [
                "postern.toml:1: domain: \"a.example\" stands twice; give each domain one [[domain]] table"
            ])
        #expect(
            try complaints(
                "[[domain]]\nname = \"a.example\"\nkeys = [{ selector = \"s1\", file = \"\(rsa)\" }, "
                    + "{ selector = \"s1\", file = \"\(ed25519)\" }]\n") == [
                    "postern.toml:3: domain[1].keys: selector \"s1\" stands twice; each key needs a selector of its own"
                ])
        #expect(
            try complaints("[[domain]]\nname = \"a.example\"\n") == [
                "postern.toml:1: domain[1].keys: has no keys; make them with: postern dkim new DOMAIN"
            ])
    }

    @Test func `refuses what is no socket, no network, no domain`() throws {
        #expect(
            try complaints(
                """
                [milter]
                socket = "unix:milter"
                [senders]
                trusted-networks = ["192.0.2.1/24"]
                """) == [
                    "postern.toml:2: milter.socket: \"unix:milter\" has a relative path; write unix:/…",
                    "postern.toml:4: senders.trusted-networks: element 1: \"192.0.2.1/24\" has bits beyond its prefix; "
                        + "the network is 192.0.2.0/24",
                ])
    }

    @Test func `that is missing, a directory, or not UTF-8 is said so`() throws {
        #expect(throws: Problems.self) { try Configuration.load(directory.path + "/none.toml") }
        #expect(throws: Problems.self) { try Configuration.load(directory.path) }
        let binary = try directory.write([0xFF, 0xFE], to: "binary.toml")
        #expect(throws: Problems.self) { try Configuration.load(binary) }
    }

    @Test func `is described by a sample that it reads itself`() throws {
        let sample = try directory.write(Configuration.describe().sample().utf8, to: "sample.toml")
        let configuration = try Configuration.load(sample)
        #expect(configuration.domains.isEmpty)
        #expect(configuration.milter.drain == .seconds(5))
    }

    private func openssl(_ arguments: String...) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return data
    }
}
