// SPDX-License-Identifier: Apache-2.0
internal import Settings
internal import PosternCore

/// The text of postern.toml with what a host needs added; what its author wrote stays as it is.
public struct ConfigurationDraft: Hashable, Sendable {
    /// A domain with its keys.
    public struct Domain: Hashable, Sendable {
        /// The domain.
        public var name: String
        /// The keys: selector and file.
        public var keys: [Key]

        /// A domain.
        public init(name: String, keys: [Key]) {
            self.name = name
            self.keys = keys
        }
    }

    /// A key by its selector and file.
    public struct Key: Hashable, Sendable {
        /// The selector.
        public var selector: String
        /// The absolute path of the private key.
        public var file: String

        /// A key.
        public init(selector: String, file: String) {
            self.selector = selector
            self.file = file
        }
    }

    /// The text as it has become.
    public private(set) var text: String

    /// Begins with a text.
    public init(_ text: String) {
        self.text = text
    }

    /// Adds `[mail-log]`, unless the file has that table.
    public mutating func add(_ log: LogChoice) {
        add("mail-log", ["source = \(quoted(log.source))"])
    }

    /// Adds `[senders]`, unless the file has that table.
    public mutating func add(_ senders: SiteSenders) {
        var lines = ["# From main.cf; to be changed where that changes."]
        lines += Self.list("trusted-networks", senders.trustedNetworks.map { "\($0)" })
        lines += Self.list("hosted-domains", senders.hosted)
        lines += Self.list("relayed-domains", senders.relayed)
        lines += Self.list("aliased-domains", senders.aliased)
        if lines.count > 1 { add("senders", lines) }
    }

    /// Adds a `[[domain]]`; the caller knows that it is not there.
    public mutating func add(_ domain: Domain) {
        append(
            ["[[domain]]", "name = \(quoted(domain.name))", "keys = ["]
                + domain.keys.map {
                    "  { selector = \(quoted($0.selector)), file = \(quoted($0.file)) },"
                } + ["]"])
    }

    private mutating func add(_ table: String, _ lines: [String]) {
        let headers = text.split(separator: "\n").map { $0.filter { !$0.isWhitespace } }
        guard !headers.contains(where: { $0 == "[\(table)]" || $0.hasPrefix("[\(table)]#") }) else { return }
        append(["[\(table)]"] + lines)
    }

    private mutating func append(_ lines: [String]) {
        if !text.isEmpty, !text.hasSuffix("\n") { text += "\n" }
        text += (text.isEmpty ? "" : "\n") + lines.joined(separator: "\n") + "\n"
    }

    private static func list(_ key: String, _ values: [String]) -> [String] {
        guard !values.isEmpty else { return [] }
        let line = "\(key) = [\(values.map(quoted).joined(separator: ", "))]"
        guard line.count > 110 else { return [line] }
        return ["\(key) = ["] + values.map { "  \(quoted($0))," } + ["]"]
    }
}
