// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc
internal import PostfixTools
internal import Setup

/// Looks at a Postfix and its host, for a plan.
struct PostfixSurvey {
    /// The configuration directory; `nil` for Postfix's own default.
    var directory: String?
    var commands = "/usr/sbin"

    /// Reads main.cf and master.cf as postconf(1) understands them.
    func site() throws(CommandError) -> PostfixSite {
        let programs = PostfixPrograms(directory: commands, configuration: directory)
        return PostfixSite(
            written: PostfixSite.written(try postconf("-n")), values: try .read(programs),
            services: MasterService.read(try postconf("-M")), host: Self.host())
    }

    /// Runs postconf(1); what it warns of is not an error.
    @discardableResult
    func postconf(_ arguments: String...) throws(CommandError) -> String {
        try run("postconf", arguments).orThrow().text
    }

    /// Runs one of Postfix's commands for this instance.
    func run(_ name: String, _ arguments: [String]) throws(CommandError) -> CommandResult {
        try CommandRunner(limit: .seconds(60)).run(
            Command("\(commands)/\(name)", (directory.map { ["-c", $0] } ?? []) + arguments))
    }

    /// What is added to addresses without a domain: myorigin, or the first line of the file that it names.
    static func origin(of site: PostfixSite) -> String {
        let origin = site.values.origin
        guard origin.hasPrefix("/") else { return origin }
        let text = FileManager.default.contents(atPath: origin).map { String(decoding: $0.prefix(1024), as: UTF8.self) }
        return text?.split(separator: "\n").first?.trimmingCharacters(in: .whitespaces) ?? site.values.hostName
    }

    private static func host() -> HostFacts {
        var facts = HostFacts()
        facts.hasJournal = access("/run/systemd/journal/socket", F_OK) == 0
        facts.hasMailLog = access("/var/log/mail.log", F_OK) == 0
        let managers = [
            ("/usr/lib/mailman", "Mailman 2"), ("/etc/mailman3", "Mailman 3"), ("/etc/sympa", "Sympa"),
            ("/etc/mlmmj", "mlmmj"), ("/var/spool/mlmmj", "mlmmj"), ("/etc/schleuder", "Schleuder"),
        ]
        for (path, name) in managers where access(path, F_OK) == 0 && !facts.listManagers.contains(name) {
            facts.listManagers.append(name)
        }
        facts.publicAddresses = addresses()
        return facts
    }

    /// The IPv4 addresses of this host's interfaces that are neither of loopback nor private (RFC 1918, RFC 6598).
    private static func addresses() -> [String] {
        guard
            let result = try? CommandRunner().run(
                Command("/usr/sbin/ip", ["-o", "-4", "addr", "show", "scope", "global"])),
            result.isSuccess
        else { return [] }
        var addresses: [String] = []
        for line in result.text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "inet"), words.indices.contains(place + 1) else { continue }
            let address = String(words[place + 1].prefix { $0 != "/" })
            if !isPrivate(address), !addresses.contains(address) { addresses.append(address) }
        }
        return addresses
    }

    private static func isPrivate(_ address: String) -> Bool {
        let parts = address.split(separator: ".").compactMap { Int($0) }
        guard parts.count == 4 else { return true }
        switch (parts[0], parts[1]) {
        case (10, _), (127, _), (192, 168), (169, 254): return true
        case (172, 16...31), (100, 64...127): return true
        default: return false
        }
    }
}
