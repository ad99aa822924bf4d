// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DKIM
internal import Foundation
internal import PosternCore
internal import PosternServer

struct DKIMList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the keys of the configuration.")

    @OptionGroup var file: ConfigurationFile
    @Flag(help: "As JSON.") var json = false

    private struct Entry: Encodable {
        var domain: String
        var selector: String
        var algorithm: String
        var bits: Int
        var file: String
    }

    func run() throws {
        let entries = try file.orLeave(Configuration.loadWithoutRules).domains.flatMap { domain in
            domain.keys.map {
                Entry(
                    domain: domain.plan.name, selector: $0.key.selector, algorithm: $0.key.algorithm.rawValue,
                    bits: $0.key.bits, file: $0.file)
            }
        }
        if json { return try printJSON(entries) }
        let rows = entries.map { [$0.domain, $0.selector, $0.algorithm, String($0.bits), $0.file] }
        print(Table(["domain", "selector", "algorithm", "bits", "file"], rows))
    }
}

/// Prints a value as JSON, keys in a stable order.
func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
}
