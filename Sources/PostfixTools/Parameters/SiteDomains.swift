// SPDX-License-Identifier: Apache-2.0
public import PosternCore
internal import Synchronization

/// The domains that are the site's own or routed by the site, as read once, and tables that have to be asked for each.
///
/// Before a route is published its domain is asked for here. Answers are remembered for ``memory``, of 10,000 domains at most.
public final class SiteDomains: Sendable {
    /// What could not be read; while there is one, no domain is known to be open.
    public struct Gap: Hashable, Sendable {
        /// The parameter that names the source.
        public let parameter: String
        /// The table or file.
        public let source: String
        /// Why.
        public let reason: String
    }

    /// What a table is for, and so how Postfix asks it.
    enum Use: Hashable {
        case domains
        case routes
    }

    struct AskedTable: Hashable {
        let table: TableName
        let parameter: String
        let use: Use
    }

    struct Found {
        var keys = ProtectedDomains()
        var allBecause: String?
        var asked: [AskedTable] = []
        var gaps: [Gap] = []
    }

    /// How long an answer of a table that has to be asked is believed.
    public static let memory = Duration.minutes(5)
    private static let capacity = 10_000

    /// What could be listed.
    public let listed: ProtectedDomains
    /// Why all domains are protected; `nil` if not all are.
    public let allBecause: String?
    /// What could not be read.
    public let gaps: [Gap]
    /// Tables that cannot be listed, and are asked before a route is published.
    public var askedTables: [String] { asked.map(\.table.text) }

    private let asked: [AskedTable]
    private let programs: PostfixPrograms
    private let runner = CommandRunner(limit: .seconds(5), maximumOutput: 1 << 20)
    private let answers = Mutex<[String: (answer: Protection, at: Moment)]>([:])

    init(_ found: Found, programs: PostfixPrograms) {
        listed = found.keys
        allBecause = found.allBecause
        gaps = found.gaps
        asked = found.asked
        self.programs = programs
    }

    /// Whether a domain, in lower case, must not get a route; blocks the thread for up to 5 s a table that has to be asked.
    public func protection(of domain: String, at now: Moment) -> Protection {
        if let allBecause { return .protected(by: allBecause) }
        if listed.contains(domain) { return .protected(by: "main.cf or a table of it") }
        if let gap = gaps.first { return .unknown("\(gap.parameter): \(gap.source): \(gap.reason)") }
        guard !asked.isEmpty else { return .open }
        // Only what can stand in a line and in a name: a key is a line of postmap's input.
        guard domain.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "@") }), domain.utf8.count <= 253 else {
            return .unknown("it is no domain")
        }
        if let known = answers.withLock({ $0[domain] }), (.zero..<Self.memory).contains(now.since(known.at)) {
            return known.answer
        }
        let answer = ask(for: domain)
        answers.withLock { answers in
            if answers.count >= Self.capacity { answers.removeAll() }
            answers[domain] = (answer, now)
        }
        return answer
    }

    /// ``protection(of:at:)`` without blocking a thread of Swift's.
    public func protectionAsked(of domain: String, at now: Moment) async -> Protection {
        do throws(CommandError) {
            return try await CommandRunner.offThread { self.protection(of: domain, at: now) }
        } catch {
            return .unknown("\(error)")
        }
    }

    private func ask(for domain: String) -> Protection {
        for asked in asked {
            let input = Self.keys(of: domain, for: asked.use).joined(separator: "\n") + "\n"
            let command = programs.command("postmap", ["-q", "-", asked.table.text], input: Array(input.utf8))
            do throws(CommandError) {
                let result = try runner.run(command)
                if !result.output.isEmpty { return .protected(by: "\(asked.parameter) has \(asked.table.text)") }
                // Nothing found is exit status 1 without a word.
                guard result.errors.isEmpty, result.isSuccess || result.exit == .exited(1) else {
                    return .unknown("\(asked.parameter): \(asked.table.text): \(result.complaint)")
                }
            } catch {
                return .unknown("\(asked.parameter): \(error)")
            }
        }
        return .open
    }

    /// What Postfix would look up, and the parent domains of relay_domains in both ways of writing (transport(5), postconf(5)).
    ///
    /// Tables of patterns see whole addresses, so an address of the domain is among the keys of a route.
    private static func keys(of domain: String, for use: Use) -> [String] {
        var parents: [String] = []
        var rest = domain[...]
        while let dot = rest.firstIndex(of: ".") {
            rest = rest[rest.index(after: dot)...]
            parents.append(String(rest))
        }
        switch use {
        case .domains: return [domain] + parents.dropLast().flatMap { [$0, ".\($0)"] }
        case .routes: return ["postmaster@\(domain)", domain] + parents.map { ".\($0)" } + ["*"]
        }
    }
}
