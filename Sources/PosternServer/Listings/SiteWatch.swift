// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Logging
internal import PosternCore
internal import PostfixTools
internal import Synchronization

/// Looks at main.cf and its tables, and says what it means for the listings.
final class SiteWatch: Sendable {
    private let programs: PostfixPrograms
    private let log: Logger
    private let now: @Sendable () -> Moment
    private let known = Mutex(Known())

    private struct Known {
        var domains: SiteDomains?
        var said: String?
        /// main.cf, and when it was changed last before it was read.
        var file: String?
        var change: [Int] = []
    }

    init(_ programs: PostfixPrograms = PostfixPrograms(), log: Logger, now: @escaping @Sendable () -> Moment) {
        self.programs = programs
        self.log = log
        self.now = now
    }

    /// Whether main.cf was changed since it was looked at; its tables may change without that.
    var hasChanged: Bool {
        let (file, change) = known.withLock { ($0.file, $0.change) }
        return file.map { Self.change(of: $0) != change } ?? false
    }

    /// What the site is now; `nil` if it cannot be read: what was known holds on.
    func look() async -> SiteFacts? {
        do throws(CommandError) {
            let (parameters, domains) = try await CommandRunner.offThread { [self] () throws(CommandError) in
                if let file = known.withLock({ $0.file }) {
                    let change = Self.change(of: file)
                    known.withLock { $0.change = change }
                }
                let parameters = try PostfixParameters.read(programs)
                return (parameters, ProtectedDomainsReader(programs: programs).read(parameters))
            }
            return facts(parameters, domains)
        } catch {
            say("Postfix's configuration cannot be read, so no provider can be paused: \(error)")
            return nil
        }
    }

    /// Whether a domain must have no route, as its tables say that have to be asked.
    func protects(_ domain: String) async -> Bool {
        guard let domains = known.withLock({ $0.domains }) else { return true }
        return await domains.protectionAsked(of: domain, at: now()) != .open
    }

    private func facts(_ parameters: PostfixParameters, _ domains: SiteDomains) -> SiteFacts {
        let file = "\(parameters.configurationDirectory)/main.cf"
        known.withLock { known in
            known.domains = domains
            guard known.file != file else { return }
            known.file = file
            // It may have changed while it was read, and nobody knew yet where it is: it is looked at once more.
            known.change = []
        }
        var protected = domains.listed
        protected.needsAsking = !domains.askedTables.isEmpty
        if let gap = domains.gaps.first {
            protected.add("*")
            say("\(gap.parameter): \(gap.source): \(gap.reason); until it can be read no provider is paused")
        } else if let reason = domains.allBecause {
            say("listings are only told of, as the mail's way is not Postfix's to choose: \(reason)")
        } else {
            say(nil)
        }
        var lifetimes = QueueLifetimes()
        if let lifetime = parameters.queueLifetime { lifetimes.message = lifetime }
        if let lifetime = parameters.bounceLifetime { lifetimes.notice = lifetime }
        return SiteFacts(protected: protected, lifetimes: lifetimes, onlyTold: domains.allBecause)
    }

    /// What tells one state of a file from the next: inode, size, and the time of its last change; empty if it is not there.
    private static func change(of path: String) -> [Int] {
        var status = stat()
        guard stat(path, &status) == 0 else { return [] }
        return [
            Int(truncatingIfNeeded: status.st_ino), Int(status.st_size), status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
        ]
    }

    /// Says something once, until it is something else.
    private func say(_ text: String?) {
        let isNew = known.withLock { known in
            defer { known.said = text }
            return known.said != text
        }
        if isNew, let text { log.warning("\(text)") }
    }
}
