// SPDX-License-Identifier: Apache-2.0

/// A data set of OpenDKIM (opendkim(8), DATA SETS): a list in place, a flat file, or a file of patterns.
struct Dataset {
    /// One entry.
    struct Entry: Hashable {
        var key: String
        /// Its values, which colons divide; none for a mere list.
        var value: String
        var place: SourceLine
    }

    /// How keys are compared.
    enum Form: Hashable {
        /// Letter by letter.
        case exact
        /// A `*` in a key stands for any text (`refile:`).
        case patterns
    }

    /// Entries, at most; a host with more domains has a database.
    static let most = 100_000

    private(set) var form = Form.exact
    private(set) var entries: [Entry] = []
    private(set) var notes: [ImportNote] = []

    /// Reads what a parameter's value names.
    init(_ parameter: ConfigurationText.Parameter, reading files: ImportFiles) {
        let value = parameter.value
        let scheme = value.prefix { $0 != ":" && $0 != "/" && $0 != "," }
        let isPrefixed = scheme.count < value.count && value.dropFirst(scheme.count).hasPrefix(":")
        let rest = String(value.dropFirst(scheme.count + 1))
        switch (isPrefixed ? scheme.lowercased() : "", value.hasSuffix(".db")) {
        case ("csl", _): list(rest, at: parameter.place)
        case ("file", _): read(rest, .exact, parameter, files)
        case ("refile", _): read(rest, .patterns, parameter, files)
        case ("db", _), ("dsn", _), ("ldap", _), ("ldaps", _), ("ldapi", _), ("lua", _), ("memcache", _), ("", true):
            notes.append(
                ImportNote(
                    parameter.place, .lost,
                    "\(parameter.name): \(isPrefixed ? String(scheme) : "db"): data sets are not read; write it as a flat "
                        + "file and import again"))
        default:
            if value.hasPrefix("/") { read(value, .exact, parameter, files) } else { list(value, at: parameter.place) }
        }
    }

    private mutating func list(_ text: String, at place: SourceLine) {
        for item in text.split(separator: ",") where entries.count < Self.most {
            let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let key = TextLines.trimmed(parts.first ?? "")
            guard !key.isEmpty else { continue }
            let value = parts.count == 2 ? TextLines.trimmed(parts[1]) : ""
            entries.append(Entry(key: key, value: value, place: place))
        }
    }

    private mutating func read(
        _ path: String, _ form: Form, _ parameter: ConfigurationText.Parameter, _ files: ImportFiles
    ) {
        self.form = form
        guard let text = files.read(path) else {
            return notes.append(ImportNote(parameter.place, .lost, "\(parameter.name): \(path) cannot be read"))
        }
        for (number, line) in TextLines(text) {
            guard let (key, value) = TextLines.keyAndValue(line.prefix { $0 != "#" }) else { continue }
            let place = SourceLine(file: path, number: number)
            guard entries.count < Self.most else {
                return notes.append(ImportNote(place, .lost, "more than \(Self.most) entries; the rest is not read"))
            }
            entries.append(Entry(key: key, value: value, place: place))
        }
    }

    /// The entries that a query finds, in their order; the case of ASCII letters does not matter.
    func matches(_ query: String) -> [Entry] {
        let query = query.lowercased()
        return entries.filter { entry in
            switch form {
            case .exact: entry.key.lowercased() == query
            case .patterns: Wildcard.matches(entry.key.lowercased().utf8, query.utf8)
            }
        }
    }
}
