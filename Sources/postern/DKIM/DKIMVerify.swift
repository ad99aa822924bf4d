// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DKIM
internal import Foundation
internal import PosternServer

struct DKIMVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Say what libopendkim thinks of a message's signatures; 1 unless one passes.",
        discussion: "The message is read from FILE, or from standard input. Keys come from DNS unless --key is given.")

    @Argument(help: "The message; - for standard input.") var message = "-"
    @Option(help: "A public key instead of DNS: SELECTOR:DOMAIN:RECORD; may be given more than once.")
    var key: [String] = []
    @Flag(help: "Take the keys of the configuration instead of DNS.") var configured = false
    @OptionGroup var file: ConfigurationFile
    @Flag(help: "As JSON.") var json = false

    private struct Entry: Encodable {
        var domain: String
        var selector: String
        var algorithm: String
        var result: String
        var reason: String?
    }

    func run() throws {
        let bytes = try contents()
        let results: [Verification]
        do {
            results = try Verifier.verify(message: bytes, keys: try source())
        } catch let error as VerifierError {
            Terminal.complain("postern: \(error)")
            throw ExitStatus.finding
        }
        let entries = results.map(Self.entry)
        if json { try printJSON(entries) } else { show(entries) }
        guard results.contains(where: { $0.outcome == .pass }) else { throw ExitStatus.finding }
    }

    private func contents() throws -> [UInt8] {
        if message == "-" { return Array(FileHandle.standardInput.readDataToEndOfFile()) }
        guard let data = FileManager.default.contents(atPath: message) else {
            Terminal.complain("postern: \(message) cannot be read")
            throw ExitStatus.usage
        }
        return Array(data)
    }

    private func source() throws -> KeySource {
        if configured {
            let keys = try file.orLeave(Configuration.loadWithoutRules).domains.flatMap(\.keys)
            return .records(keys.map { KeyRecord(of: $0.key) })
        }
        guard !key.isEmpty else { return .dns }
        return .records(
            try key.map { text in
                let parts = text.split(separator: ":", maxSplits: 2).map(String.init)
                guard parts.count == 3 else { throw ValidationError("--key takes SELECTOR:DOMAIN:RECORD") }
                return KeyRecord(selector: parts[0], domain: parts[1], text: parts[2])
            })
    }

    private static func entry(_ result: Verification) -> Entry {
        var entry = Entry(
            domain: result.domain, selector: result.selector, algorithm: result.algorithm, result: "pass")
        switch result.outcome {
        case .pass: break
        case .fail(let reason): (entry.result, entry.reason) = ("fail", reason)
        case .permerror(let reason): (entry.result, entry.reason) = ("permerror", reason)
        case .temperror(let reason): (entry.result, entry.reason) = ("temperror", reason)
        }
        return entry
    }

    private func show(_ entries: [Entry]) {
        if entries.isEmpty { print("no signature") }
        for entry in entries {
            let result = Terminal.styled(entry.result, entry.result == "pass" ? .green : .red)
            let reason = entry.reason.map { ": \($0)" } ?? ""
            print("\(result)\(reason)  d=\(entry.domain) s=\(entry.selector) a=\(entry.algorithm)")
        }
    }
}
