// SPDX-License-Identifier: Apache-2.0

/// Whom OpenDKIM signs for, as far as our configuration can say it: found by asking its tables, not by rewriting them.
struct DomainPlan {
    private(set) var domains: [ImportedDomain] = []
    private(set) var notes: [ImportNote] = []

    /// Names that no table has, so that what they find holds for any user and any subdomain.
    private static let anybody = "postern-import-anybody"
    private static let anywhere = "postern-import-anywhere"

    init(_ tables: SigningTables) {
        var byParent: [(domain: String, key: ImportedKey, place: SourceLine)] = []
        for name in tables.domains {
            let own = keys(tables, at: name)
            let below = keys(tables, at: "\(Self.anywhere).\(name)")
            let mine = own.filter { $0.key.domain == name }
            for other in own where other.key.domain != name {
                byParent.append((name, other.key, other.place))
            }
            let covered = below.filter { $0.key.domain == name }
            if !mine.isEmpty {
                let covers = covered.map(\.key) == mine.map(\.key)
                for key in covered.prefix(covers ? 0 : 1) {
                    lose(key.place, "subdomains of \(name) are signed by other keys than \(name), and here by none")
                }
                add(name, covers: covers, mine.map(\.key))
            } else if !covered.isEmpty {
                add(name, covers: true, covered.map(\.key))
                for key in covered.prefix(1) {
                    lose(key.place, "OpenDKIM signs for subdomains of \(name) only; here for \(name) as well")
                }
            }
        }
        for (name, key, place) in byParent { settle(name, key, place) }
        for entry in tables.signers { judge(entry, tables) }
    }

    private mutating func keys(
        _ tables: SigningTables, at host: String
    ) -> [(key: ImportedKey, place: SourceLine)] {
        var found: [(key: ImportedKey, place: SourceLine)] = []
        for result in tables.keys(for: Self.anybody, at: host) {
            switch result {
            case .success(let key): found.append(key)
            case .failure(let error): if !notes.contains(error.note) { notes.append(error.note) }
            }
        }
        return found
    }

    private mutating func add(_ name: String, covers: Bool, _ keys: [ImportedKey]) {
        var distinct: [ImportedKey] = []
        for key in keys where !distinct.contains(where: { $0.selector == key.selector }) { distinct.append(key) }
        domains.append(ImportedDomain(name: name, coversSubdomains: covers, keys: distinct))
    }

    /// A domain whose mail is signed as another: ours does so for subdomains only.
    private mutating func settle(_ name: String, _ key: ImportedKey, _ place: SourceLine) {
        guard name.hasSuffix(".\(key.domain)") else {
            if domains.contains(where: { $0.name == name }) {
                return lose(place, "mail from \(name) is signed as \(key.domain), too; here not")
            }
            return lose(
                place,
                "mail from \(name) is signed as \(key.domain), which helps no DMARC: here it is not signed; make a "
                    + "key of its own with postern dkim new \(name)")
        }
        guard let index = domains.firstIndex(where: { $0.name == key.domain }) else {
            domains.append(ImportedDomain(name: key.domain, coversSubdomains: true, keys: [key]))
            return lose(place, "OpenDKIM signs as \(key.domain) for \(name) only; here for all of \(key.domain)")
        }
        guard !domains[index].coversSubdomains else { return }
        domains[index].coversSubdomains = true
        lose(place, "OpenDKIM signs as \(key.domain) for \(name); here for every subdomain of \(key.domain)")
    }

    /// An entry that our configuration cannot say.
    private mutating func judge(_ entry: Dataset.Entry, _ tables: SigningTables) {
        if entry.value.contains(":") {
            lose(entry.place, "\(entry.key): an identity of its own (i=) is not written")
        }
        let user = entry.key.split(separator: "@", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        switch tables.form {
        case .patterns:
            if entry.key.contains("@"), user != "*" {
                lose(entry.place, "\(entry.key): signs for these users only; here a domain is signed for as a whole")
            } else if !entry.key.contains("@"), !entry.key.contains("*") {
                lose(entry.place, "\(entry.key): matches no address, as refile: patterns are compared with USER@DOMAIN")
            } else if SigningTables.domain(of: entry.key).contains("*") || SigningTables.domain(of: entry.key).isEmpty {
                lose(entry.place, "\(entry.key): signs for domains that are not named; name each in a [[domain]]")
            }
        case .exact:
            if entry.key.contains("@") {
                lose(entry.place, "\(entry.key): signs for this user only; here a domain is signed for as a whole")
            } else if entry.key == "*" {
                lose(entry.place, "*: signs for domains that are not named; name each in a [[domain]]")
            }
        }
    }

    private mutating func lose(_ place: SourceLine, _ text: String) {
        let note = ImportNote(place, .lost, text)
        if !notes.contains(note) { notes.append(note) }
    }
}
