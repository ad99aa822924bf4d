// SPDX-License-Identifier: Apache-2.0

/// By which keys OpenDKIM signs for whom: its KeyTable and SigningTable, or its Domain, Selector and KeyFile.
struct SigningTables {
    private enum Way {
        /// One key for all of these domains.
        case single(selector: String, file: String, domains: Dataset, coversSubdomains: Bool)
        /// A table of addresses that leads into a table of keys.
        case tables(keys: Dataset, signers: Dataset, takesAll: Bool)
        case none
    }

    private let way: Way
    private let baseDirectory: String?
    /// What could not be read.
    private(set) var notes: [ImportNote] = []

    init(_ configuration: ConfigurationText, reading files: ImportFiles) {
        baseDirectory = configuration["BaseDirectory"]?.value
        func set(_ parameter: ConfigurationText.Parameter, _ notes: inout [ImportNote]) -> Dataset {
            let set = Dataset(parameter, reading: files)
            notes += set.notes
            return set
        }
        if let keys = configuration["KeyTable"] {
            guard let signers = configuration["SigningTable"] else {
                way = .none
                notes.append(ImportNote(keys.place, .lost, "KeyTable: without a SigningTable nobody is signed for"))
                return
            }
            let (keys, table) = (set(keys, &notes), set(signers, &notes))
            way = .tables(keys: keys, signers: table, takesAll: configuration.flag("MultipleSignatures"))
        } else if let file = configuration["KeyFile"] {
            guard let domain = configuration["Domain"], let selector = configuration["Selector"] else {
                way = .none
                notes.append(ImportNote(file.place, .lost, "KeyFile: without Domain and Selector nobody is signed for"))
                return
            }
            let domains = set(domain, &notes)
            way = .single(
                selector: selector.value, file: file.value, domains: domains,
                coversSubdomains: configuration.flag("SubDomains"))
        } else {
            way = .none
        }
    }

    /// The entries of the signing table; none where a single key signs.
    var signers: [Dataset.Entry] {
        if case .tables(_, let signers, _) = way { signers.entries } else { [] }
    }

    /// How those are compared.
    var form: Dataset.Form {
        if case .tables(_, let signers, _) = way { signers.form } else { .exact }
    }

    /// All domains that are named, as those of authors or of keys; sorted.
    var domains: [String] {
        var found: Set<String> = []
        switch way {
        case .none: break
        case .single(_, _, let domains, _): found = Set(domains.entries.map { $0.key.lowercased() })
        case .tables(let keys, let signers, _):
            for entry in signers.entries { found.insert(Self.domain(of: entry.key)) }
            for entry in keys.entries {
                found.insert((entry.value.split(separator: ":").first ?? "").lowercased())
            }
        }
        return found.filter { $0.contains(".") && !$0.contains("*") && !$0.contains("%") && !$0.hasPrefix(".") }
            .sorted()
    }

    /// The domain that a key of the signing table is about: of `*@*.example.com`, `.example.com` and the like.
    static func domain(of key: String) -> String {
        var domain = key.split(separator: "@", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
        if domain.hasPrefix("*") { domain.removeFirst() }
        if domain.hasPrefix(".") { domain.removeFirst() }
        return domain
    }

    /// What signs for an author, in the order of the tables.
    func keys(for user: String, at host: String) -> [Result<(key: ImportedKey, place: SourceLine), ImportNoteError>] {
        switch way {
        case .none: return []
        case .single(let selector, let file, let domains, let coversSubdomains):
            let names = coversSubdomains ? Self.withParents(host) : [host]
            // The domain of the signature is the listed one.
            for name in names {
                guard let entry = domains.matches(name).first else { continue }
                return [.success((ImportedKey(domain: name, selector: selector, file: resolved(file)), entry.place))]
            }
            return []
        case .tables(let keys, let signers, let takesAll):
            let found = Self.entries(of: signers, for: user, at: host)
            return (takesAll ? found[...] : found.prefix(1)).map { key(of: $0, in: keys, for: host) }
        }
    }

    private static func entries(of table: Dataset, for user: String, at host: String) -> [Dataset.Entry] {
        if table.form == .patterns { return table.matches("\(user)@\(host)") }
        let above = withParents(host).dropFirst()
        let queries =
            ["\(user)@\(host)", host] + above.map { "\(user)@.\($0)" } + above.map { ".\($0)" } + ["\(user)@*", "*"]
        return queries.flatMap { table.matches($0) }
    }

    private func key(
        of entry: Dataset.Entry, in table: Dataset, for host: String
    ) -> Result<(key: ImportedKey, place: SourceLine), ImportNoteError> {
        func fail(_ place: SourceLine, _ text: String) -> Result<(key: ImportedKey, place: SourceLine), ImportNoteError>
        {
            .failure(ImportNoteError(note: ImportNote(place, .lost, text)))
        }
        var name = TextLines.trimmed(entry.value.split(separator: ":").first ?? "")
        if name == "%" { name = host }
        guard let row = table.matches(name).first else {
            return fail(entry.place, "\(entry.key): the KeyTable has no key \"\(name)\"; its mail is not signed")
        }
        let parts = row.value.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(
            TextLines.trimmed)
        guard parts.count == 3, !parts[1].isEmpty, !parts[2].isEmpty else {
            return fail(row.place, "\(row.key): this is no DOMAIN:SELECTOR:FILE")
        }
        let domain = parts[0] == "%" ? host : parts[0].lowercased()
        guard ["/", "./", "../"].contains(where: { parts[2].hasPrefix($0) }) else {
            return fail(
                row.place, "\(row.key): the key itself stands in the table; write it into a file and name that here")
        }
        let file = resolved(parts[2].split(separator: "%", omittingEmptySubsequences: false).joined(separator: host))
        return .success((ImportedKey(domain: domain, selector: parts[1], file: file), row.place))
    }

    private func resolved(_ file: String) -> String {
        guard !file.hasPrefix("/"), let baseDirectory else { return file }
        return "\(baseDirectory)/\(file)"
    }

    /// A domain and those above it, down to one label.
    private static func withParents(_ host: String) -> [String] {
        let labels = host.split(separator: ".").prefix(127)
        return labels.indices.map { labels[$0...].joined(separator: ".") }
    }
}

/// Why an entry leads to no key.
struct ImportNoteError: Error, Hashable {
    var note: ImportNote
}
