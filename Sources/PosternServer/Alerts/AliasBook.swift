// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore
internal import PostfixTools

/// Follows an address through Postfix's aliases to where its mail ends, with the rights of this process.
///
/// In Postfix's order: virtual aliases, then aliases(5) of local names, then a forward file. Asks Postfix's own programs,
/// so blocks the thread, up to the runner's limit for each look-up, and makes at most ``mostLookups``.
struct AliasBook {
    private static let mostLookups = 60
    private static let largestForward = 16 * 1024

    private let programs: PostfixPrograms
    private let runner = CommandRunner(limit: .seconds(5), maximumOutput: 64 * 1024)
    /// The host's own name, for Message-IDs and letters.
    let hostName: String
    private let origin: String
    private let localDomains: Set<String>
    private let virtualTables: [String]
    private let aliasTables: [String]

    /// Reads main.cf.
    init(programs: PostfixPrograms = PostfixPrograms()) throws(CommandError) {
        self.programs = programs
        let names = ["myhostname", "myorigin", "mydestination", "virtual_alias_maps", "alias_maps"]
        let command = Command("\(programs.directory)/postconf", ["-x"] + names)
        var values: [String: String] = [:]
        for line in try CommandRunner(limit: .seconds(5), maximumOutput: 64 * 1024).run(command).orThrow().text
            .split(separator: "\n")
        {
            let parts = line.split(separator: "=", maxSplits: 1)
            guard parts.count == 2 else { continue }
            values[Self.trimmed(parts[0])] = Self.trimmed(parts[1])
        }
        hostName = values["myhostname"] ?? "localhost"
        let origin = values["myorigin"] ?? ""
        self.origin = (origin.hasPrefix("/") ? Self.firstLine(of: origin) : origin)?.lowercased() ?? hostName
        // Tables of domains are left out: a name that is not known to be local counts as another host's.
        localDomains = Set(Self.words(of: values["mydestination"] ?? "").map { $0.lowercased() } + [self.origin])
        virtualTables = Self.tables(of: values["virtual_alias_maps"] ?? "")
        aliasTables = Self.tables(of: values["alias_maps"] ?? "")
    }

    /// Where the mail of an address ends.
    func address(_ name: String, provider: (_ domain: String) -> Provider?) -> AlertAddress {
        var address = AlertAddress(name, ends: [])
        var seen: Set<String> = []
        var waiting = [name]
        var lookups = 0
        while let next = waiting.popLast() {
            guard lookups < Self.mostLookups else {
                address.doubts.append("its aliases are too many to follow")
                break
            }
            let parts = split(next)
            // An alias that names itself ends in the mailbox, which only the alias leads to.
            guard seen.insert("\(parts.local)@\(parts.domain)").inserted else {
                if isLocal(parts.domain) { address.ends.append(.init(next, isAddressable: false)) }
                continue
            }
            lookups += 1
            if let members = expansion(of: parts, doubts: &address.doubts) {
                for member in members {
                    if AliasText.isDestination(member) {
                        address.ends.append(.init(member, isAddressable: false))
                    } else {
                        waiting.append(member)
                    }
                }
            } else if isLocal(parts.domain) {
                address.ends.append(.init(next))
            } else {
                address.ends.append(.init(next, provider: provider(parts.domain)))
            }
        }
        return address
    }

    /// What an address is replaced by; `nil` if by nothing.
    private func expansion(of parts: (local: String, domain: String), doubts: inout [String]) -> [String]? {
        let whole = "\(parts.local)@\(parts.domain)"
        // virtual(5): the whole address, the bare name where the domain is ours, all of the domain.
        let keys = [whole] + (isLocal(parts.domain) ? [parts.local] : []) + ["@\(parts.domain)"]
        for table in virtualTables {
            for key in keys {
                guard let text = lookup(key, in: table, by: "postmap", &doubts) else { continue }
                let members = AliasText.members(of: text)
                if members == [whole] || (members == [parts.local] && isLocal(parts.domain)) { continue }
                return members
            }
        }
        guard isLocal(parts.domain) else { return nil }
        let local = String(parts.local.prefix { $0 != "+" })
        for table in aliasTables {
            if let text = lookup(local, in: table, by: "postalias", &doubts) { return AliasText.members(of: text) }
        }
        return forwards(of: local, &doubts)
    }

    private func lookup(_ key: String, in table: String, by program: String, _ doubts: inout [String]) -> String? {
        // A key that looks like an option, or like a request to read keys from the input, is none of a mail address.
        guard !key.hasPrefix("-"), !key.utf8.contains(0) else { return nil }
        do throws(CommandError) {
            let result = try runner.run(Command("\(programs.directory)/\(program)", ["-q", key, table]))
            if result.isSuccess { return result.text }
            // Nothing found is exit status 1 without a word.
            if !result.errors.isEmpty { doubts.append("\(table) cannot be asked: \(result.complaint)") }
        } catch {
            doubts.append("\(table) cannot be asked: \(error)")
        }
        return nil
    }

    /// The user's forward file (local(8), `forward_path`).
    private func forwards(of user: String, _ doubts: inout [String]) -> [String]? {
        guard let home = Self.home(of: user) else { return nil }
        let path = "\(home)/.forward"
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else {
            if errno == EACCES { doubts.append("\(path) cannot be read: mail may go on from there") }
            return nil
        }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: Self.largestForward)
        let count = max(0, read(descriptor, &bytes, bytes.count))
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        let members = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
            .flatMap { AliasText.members(of: String($0)) }
        return members.isEmpty ? nil : members.map { $0.hasPrefix("\\") ? String($0.dropFirst()) : $0 }
    }

    private static func home(of user: String) -> String? {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        guard getpwnam_r(user, &entry, &buffer, buffer.count, &found) == 0, found != nil, let home = entry.pw_dir
        else { return nil }
        return String(cString: home)
    }

    private func isLocal(_ domain: String) -> Bool { localDomains.contains(domain) }

    private func split(_ address: String) -> (local: String, domain: String) {
        guard let at = address.lastIndex(of: "@") else { return (address.lowercased(), origin) }
        return (address[..<at].lowercased(), address[address.index(after: at)...].lowercased())
    }

    private static func tables(of text: String) -> [String] {
        words(of: text).filter { $0.contains(":") && !$0.hasPrefix("-") }
    }

    private static func words(of text: String) -> [String] {
        text.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    private static func trimmed(_ text: Substring) -> String {
        let start = text.drop { $0.isWhitespace }
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex))
    }

    private static func firstLine(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 256)
        let count = max(0, read(descriptor, &bytes, bytes.count))
        let line = bytes[..<count].prefix { $0 > 0x20 }
        return line.isEmpty ? nil : String(decoding: line, as: UTF8.self)
    }
}
