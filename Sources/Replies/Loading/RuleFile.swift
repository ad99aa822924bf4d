// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore
internal import Settings

/// What one TOML file says: providers, rules and remedies, each read strictly.
struct RuleFile {
    /// The largest file that is read, in bytes.
    static let maximumSize = 1 << 20

    private(set) var providers: [ProviderEntry] = []
    private(set) var rules: [ReplyRule] = []
    private(set) var remedies: [Remedy] = []
    private(set) var problems: [Problem] = []

    /// What holds for all rules of a file that do not say otherwise.
    struct Defaults {
        let provider: String?
        let sharers: [String]
        let isSaidAnywhere: Bool
        let tokens: [String]
    }

    /// The keys of such a file, for a man page or a sample.
    static var description: SectionDescription { SettingsDocument.describe { RuleFile($0, of: "") } }

    /// Reads the file at `path`; whatever is wrong with it stands in `problems`.
    init(path: String) {
        guard let data = FileManager.default.contents(atPath: path) else {
            self.init(complaint: "cannot be read", of: path)
            return
        }
        guard data.count <= Self.maximumSize else {
            self.init(complaint: "is larger than \(Self.maximumSize) bytes", of: path)
            return
        }
        self.init(text: String(decoding: data, as: UTF8.self), path: path)
    }

    /// Reads `text`, which stands in the file at `path`.
    init(text: String, path: String) {
        do {
            self = try SettingsDocument.read(text, file: path) { RuleFile($0, of: path) }
        } catch {
            problems = error.all
        }
    }

    private init(complaint: String, of path: String) {
        problems = [Problem(file: path, line: nil, key: "", complaint: complaint)]
    }

    private init(_ root: Section, of path: String) {
        let defaults = Defaults(
            provider: root.optional(
                "provider", .text, example: "gmail", help: "Whose wording the file's rules are, where one does not say."
            ),
            sharers: root.value(
                "shared-with", .list(of: .text), default: [],
                help: "Providers whose hosts word the file's rules the same way."),
            isSaidAnywhere: root.value(
                "anywhere", .flag, default: false,
                help: "Whether hosts of other names say the same, where a rule does not say."),
            tokens: root.value(
                "token", .patterns, default: [],
                help: "Patterns whose first group is the code that a reply names, where a rule has none."))
        providers = root.tables("providers", help: "A family of MX hosts.") { ProviderEntry($0) }
        rules = root.tables("rule", help: "How a reply looks, and what it then means.") { section in
            ReplyRule(section, in: path, with: defaults)
        }.compactMap { $0 }
        remedies = root.tables("remedy", help: "What to do about one kind of refusal.") { Remedy($0) }
    }
}
