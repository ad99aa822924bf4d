// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore
internal import TOMLKit

/// What one TOML file says: providers, rules and remedies, each read strictly.
struct RuleFile {
    /// The largest file that is read, in bytes.
    static let maximumSize = 1 << 20

    /// A provider's hosts and recipient domains.
    struct ProviderEntry {
        let provider: Provider
        let suffixes: [String]
        let domains: [String]
    }

    private(set) var providers: [ProviderEntry] = []
    private(set) var rules: [ReplyRule] = []
    private(set) var remedies: [Remedy] = []
    private(set) var problems: [RuleProblem] = []

    /// What holds for all rules of a file that do not say otherwise.
    struct Defaults {
        var provider: String?
        var isSaidAnywhere = false
        var token: String?
    }

    /// Reads the file at `path`; whatever is wrong with it stands in `problems`.
    init(path: String) {
        guard let data = FileManager.default.contents(atPath: path) else {
            self.init(problem: "cannot be read", path: path)
            return
        }
        guard data.count <= Self.maximumSize else {
            self.init(problem: "is larger than \(Self.maximumSize) bytes", path: path)
            return
        }
        self.init(text: String(decoding: data, as: UTF8.self), path: path)
    }

    private init(problem: String, path: String) {
        problems = [RuleProblem(file: path, line: nil, text: problem)]
    }

    /// Reads `text`, which stands in the file at `path`.
    init(text: String, path: String) {
        let table: TOMLTable
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            problems = [RuleProblem(file: path, line: error.source.begin.line, text: error.description)]
            return
        } catch {
            problems = [RuleProblem(file: path, line: nil, text: "\(error)")]
            return
        }
        let lines = SourceLines(text, of: path)
        var reader = TOMLReader(table, in: lines, at: lines.all)
        let defaults = Defaults(
            provider: reader.string("provider"), isSaidAnywhere: reader.bool("anywhere") ?? false,
            token: reader.string("token"))
        for var entry in reader.tables("providers", under: "providers") { readProvider(&entry) }
        for var entry in reader.tables("rule", under: "rule") {
            if let rule = ReplyRule(reading: &entry, in: path, with: defaults) { rules.append(rule) }
            problems += entry.problems
        }
        for var entry in reader.tables("remedy", under: "remedy") {
            if let remedy = Remedy(reading: &entry) { remedies.append(remedy) }
            problems += entry.problems
        }
        reader.refuseUnknownKeys()
        problems = reader.problems + problems
    }

    private mutating func readProvider(_ reader: inout TOMLReader) {
        let name = reader.requiredString("name")
        let suffixes = reader.strings("hosts")
        let domains = reader.strings("domains")
        for (key, names) in [("hosts", suffixes), ("domains", domains)] {
            for name in names where !Self.isHostName(name) {
                reader.complain(key, "\"\(name)\" is no host name; write other letters as an A-label (xn--…)")
            }
        }
        reader.refuseUnknownKeys()
        problems += reader.problems
        guard let name else { return }
        providers.append(ProviderEntry(provider: Provider(name), suffixes: suffixes, domains: domains))
    }

    /// Letters, digits, hyphens and underscores in at least two labels, perhaps with a dot before them.
    private static func isHostName(_ text: String) -> Bool {
        let labels = (text.hasPrefix(".") ? text.dropFirst() : text[...]).split(
            separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2
            && labels.allSatisfy { label in
                !label.isEmpty
                    && label.utf8.allSatisfy {
                        switch $0 {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
                        default: false
                        }
                    }
            }
    }
}
