// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

/// OpenDKIM's configuration as ours, and what of it is not in ours.
///
/// Sources: opendkim.conf(5) and opendkim(8) of OpenDKIM 2.11. Only files that the configuration names are read, by the
/// caller; no key is looked at: `postern config check` does that.
public struct OpenDKIMImport: Sendable {
    /// A configuration for Postern, TOML.
    public let toml: String
    /// The domains in it.
    public let domains: [ImportedDomain]
    /// What is not in it, in the order of files and lines as they were met.
    public let notes: [ImportNote]

    /// Whether mail will be treated differently.
    public var isLossy: Bool { notes.contains { $0.weight == .lost } }

    /// Reads the configuration at `path` and what it names.
    public init(of path: String, reading files: ImportFiles) {
        let configuration = ConfigurationText(of: path, reading: files)
        let tables = SigningTables(configuration, reading: files)
        let plan = DomainPlan(tables)
        var settings = ImportedSettings(configuration, reading: files)
        for parameter in configuration.parameters where !ParameterFate.carried.contains(parameter.name.lowercased()) {
            guard let fate = ParameterFate(parameter.name) else {
                settings.notes.append(
                    ImportNote(parameter.place, .lost, "\(parameter.name): opendkim.conf(5) has no such parameter"))
                continue
            }
            settings.notes.append(ImportNote(parameter.place, fate.weight, "\(parameter.name): \(fate.text)"))
        }
        domains = plan.domains
        notes = configuration.notes + settings.notes + tables.notes + plan.notes
        toml = Self.write(settings, plan.domains, notes, path: path)
    }

    private static func write(
        _ settings: ImportedSettings, _ domains: [ImportedDomain], _ notes: [ImportNote], path: String
    ) -> String {
        var lines = [
            "# From \(oneLine(path)). The key files must belong to root:postern with mode 640; then:",
            "# postern config check -c THIS_FILE",
        ]
        lines += settings.lines
        for domain in domains {
            lines += ["", "[[domain]]", "name = \(quoted(domain.name))"]
            if domain.coversSubdomains { lines.append("covers-subdomains = true") }
            lines.append("keys = [")
            lines += domain.keys.map { "  { selector = \(quoted($0.selector)), file = \(quoted($0.file)) }," }
            lines.append("]")
        }
        for (weight, title) in [
            (ImportNote.Weight.lost, "Not as it was:"), (.unneeded, "Not needed:"),
        ] {
            let noted = notes.filter { $0.weight == weight }
            if !noted.isEmpty { lines += ["", "# \(title)"] + noted.map { "# \(oneLine("\($0)"))" } }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// A comment must not end before its text does, and TOML wants no control characters in it.
    private static func oneLine(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) ? "?" : $0 }))
    }
}
