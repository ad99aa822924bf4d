// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore

/// Finds out which domains are the site's own or routed by the site, from main.cf and the tables that it names.
///
/// Tables are read with the rights of this process: what only root may read is a ``SiteDomains/Gap``.
public struct ProtectedDomainsReader: Sendable {
    /// Parameters that list domains whose mail the site receives.
    private static let domainParameters = [
        "mydestination", "virtual_alias_domains", "virtual_mailbox_domains", "relay_domains",
    ]
    /// The largest file of domains that is read, in bytes.
    private static let maximumFile = 4 << 20

    private let programs: PostfixPrograms
    private let lister: CommandRunner
    /// Tables that are ours, not the site's.
    private let excluded: Set<String>

    /// A reader.
    /// - Parameters:
    ///   - programs: Where postmap(1) is.
    ///   - excluded: Tables of ours that may stand among the site's, as `sqlite:/etc/postern/routes.cf`.
    ///   - limit: How long the listing of one table may take.
    public init(
        programs: PostfixPrograms = PostfixPrograms(), excluding excluded: Set<String> = [],
        limit: Duration = .seconds(10)
    ) {
        self.programs = programs
        self.excluded = excluded
        lister = CommandRunner(limit: limit, maximumOutput: 64 << 20)
    }

    /// Reads the site's domains; blocks the thread, for each table up to the limit.
    public func read(_ parameters: PostfixParameters) -> SiteDomains {
        var found = SiteDomains.Found()
        if let reason = parameters.otherRouting {
            found.keys.add("*")
            found.allBecause = reason
        }
        for parameter in Self.domainParameters {
            add(DomainList(parameters[parameter] ?? ""), of: parameter, to: &found)
        }
        for table in parameters.transportTables { add(table, of: "transport_maps", use: .routes, to: &found) }
        return SiteDomains(found, programs: programs)
    }

    /// Reads main.cf and what it names, without blocking a thread of Swift's.
    public func read() async throws(CommandError) -> SiteDomains {
        try await CommandRunner.offThread { () throws(CommandError) in read(try .read(programs)) }
    }

    private func add(_ list: DomainList, of parameter: String, depth: Int = 4, to found: inout SiteDomains.Found) {
        for name in list.names { found.keys.add(name) }
        for table in list.tables { add(table, of: parameter, use: .domains, to: &found) }
        for file in list.files {
            guard depth > 0, let text = read(file) else {
                found.gaps.append(SiteDomains.Gap(parameter: parameter, source: file, reason: "it cannot be read"))
                continue
            }
            add(DomainList(text), of: parameter, depth: depth - 1, to: &found)
        }
    }

    /// A file of a list, without its comments; `nil` if it cannot be read.
    private func read(_ path: String) -> String? {
        guard let data = try? Data(contentsOf: URL(filePath: path)), data.count <= Self.maximumFile else { return nil }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").filter {
            $0.first { $0 != " " && $0 != "\t" } != "#"
        }.joined(separator: "\n")
    }

    private func add(
        _ table: TableName, of parameter: String, use: SiteDomains.Use, to found: inout SiteDomains.Found
    ) {
        guard !excluded.contains(table.text) else { return }
        switch table.reading {
        case .matchesNone: break
        case .matchesAll:
            found.keys.add("*")
            found.allBecause = found.allBecause ?? "\(parameter) has \(table.text)"
        case .asked: found.asked.append(SiteDomains.AskedTable(table: table, parameter: parameter, use: use))
        case .listed(let name):
            do throws(CommandError) {
                for key in try keys(of: name) {
                    // Beside domains a table of virtual aliases has addresses, anybody's among them.
                    if use == .domains, key.utf8.contains(UInt8(ascii: "@")) { continue }
                    if key == "*" { found.allBecause = found.allBecause ?? "\(table.text) routes *" }
                    found.keys.add(key)
                }
            } catch {
                found.gaps.append(
                    SiteDomains.Gap(parameter: parameter, source: table.text, reason: error.description))
            }
        }
    }

    private func keys(of table: String) throws(CommandError) -> [String] {
        try lister.run(programs.command("postmap", ["-s", table])).orThrow().output
            .split { $0 == UInt8(ascii: "\n") }
            .map { String(decoding: $0.prefix { $0 != UInt8(ascii: "\t") }, as: UTF8.self).lowercased() }
    }
}
