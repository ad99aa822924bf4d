// SPDX-License-Identifier: Apache-2.0
public import PostfixTools

/// A Postfix as its administrator has set it up: what a plan is made from.
public struct PostfixSite: Sendable {
    /// What main.cf sets, by name, as it is written there: `$`-references unexpanded.
    public var written: [String: String]
    /// Values with their defaults, `$`-references expanded.
    public var values: PostfixParameters
    /// The services of master.cf.
    public var services: [MasterService]
    /// What the host has beside Postfix.
    public var host: HostFacts

    /// A site.
    public init(
        written: [String: String], values: PostfixParameters, services: [MasterService], host: HostFacts = HostFacts()
    ) {
        self.written = written
        self.values = values
        self.services = services
        self.host = host
    }

    /// Reads what `postconf -n` prints: a parameter a line.
    public static func written(_ text: String) -> [String: String] {
        var written: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let equals = line.firstIndex(of: "=") else { continue }
            written[trimmed(line[..<equals])] = trimmed(line[line.index(after: equals)...])
        }
        return written
    }

    /// What main.cf sets a parameter to; empty if it does not.
    func text(_ name: String) -> String { written[name] ?? "" }

    /// The service of this name and type.
    func service(_ key: String) -> MasterService? { services.first { $0.key == key } }

    /// The major and minor number of Postfix, as in 3.7; `nil` if it says something else.
    var version: (major: Int, minor: Int)? {
        let parts = (values["mail_version"] ?? "").split(separator: ".").map { Int($0.prefix { $0.isNumber }) }
        guard parts.count >= 2, let major = parts[0], let minor = parts[1] else { return nil }
        return (major, minor)
    }
}
