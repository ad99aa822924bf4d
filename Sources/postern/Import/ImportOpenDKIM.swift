// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import OpenDKIMImport

struct ImportOpenDKIM: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "opendkim", abstract: "Print OpenDKIM's configuration as ours.",
        discussion: """
            Keys, selectors and domains, canonicalization and trusted networks are carried over; whatever has no counterpart \
            is said with file and line, on standard error and as comments. Nothing is changed; key files stay where they \
            are. 1 if mail will be treated differently, 78 if the file cannot be read.
            """)

    @Argument(help: "OpenDKIM's configuration.") var path = "/etc/opendkim.conf"

    /// The largest file that is read, in bytes.
    private static let largest = 16 << 20

    func run() throws {
        guard Self.text(of: path) != nil else {
            Terminal.complain("postern: \(Terminal.harmless(path)) cannot be read, or is no text")
            throw ExitStatus.configuration
        }
        let imported = OpenDKIMImport(of: path, reading: ImportFiles { Self.text(of: $0) })
        print(imported.toml, terminator: "")
        for note in imported.notes where note.weight == .lost { Terminal.complain(Terminal.harmless("\(note)")) }
        if imported.isLossy { throw ExitStatus.finding }
    }

    private static func text(of path: String) -> String? {
        let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        guard let facts = try? FileManager.default.attributesOfItem(atPath: target),
            facts[.type] as? FileAttributeType == .typeRegular, let size = facts[.size] as? Int, size <= largest,
            let data = FileManager.default.contents(atPath: target), data.count <= largest
        else { return nil }
        return String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1)
    }
}
