// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
public import Resolving

/// Looks at a site as receivers do, by the DNS alone.
///
/// Where the DNS is silent, that is said once, and nothing else is.
public struct DNSCheck: Sendable {
    private typealias Part = @Sendable (any RecordSource) async -> [CheckItem]

    private let site: SendingSite
    private let source: any RecordSource
    private let patience: Duration

    /// How many parts are looked at together: a site of a thousand domains must not swamp the resolver.
    private static let width = 16

    /// A name of the root's own: whoever answers for anything answers for it, be it only that there is no such name.
    static let anchor = "a.root-servers.net"

    /// A check of `site` that asks `source`.
    /// - Parameters:
    ///   - site: What is looked at.
    ///   - source: Who is asked.
    ///   - patience: How long one part, such as a domain's SPF, may go on asking.
    public init(_ site: SendingSite, by source: any RecordSource, patience: Duration = .seconds(60)) {
        self.site = site
        self.source = source
        self.patience = patience
    }

    /// Looks at everything.
    /// - Parameter progress: Hears what is done of all there is, from any thread.
    /// - Returns: The items, sections together.
    public func run(progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void = { _, _ in }) async -> [CheckItem]
    {
        guard await isAnswered() else { return [silence] }
        let parts = parts
        progress(0, parts.count)
        let items = await withTaskGroup(of: (Int, [CheckItem]).self) { group in
            var items = [[CheckItem]](repeating: [], count: parts.count)
            var done = 0
            for (index, part) in parts.enumerated() {
                if index >= Self.width, let (index, found) = await group.next() {
                    items[index] = found
                    done += 1
                    progress(done, parts.count)
                }
                group.addTask { (index, await part(PatientSource(source, for: patience))) }
            }
            for await (index, found) in group {
                items[index] = found
                done += 1
                progress(done, parts.count)
            }
            return items.flatMap { $0 }
        }
        // It may have fallen silent on the way.
        if items.contains(where: { $0.finding?.kind == .lookupFailed }), await !isAnswered() { return [silence] }
        let end = items.lastIndex { $0.section == .addresses }.map { $0 + 1 } ?? 0
        return items[..<end] + volume(items) + items[end...]
    }

    private var parts: [Part] {
        let site = site
        var parts: [Part] = [{ await AddressCheck(site: site, source: $0).run() }]
        for zone in site.blocklists {
            parts.append { await BlocklistCheck(zone: zone, source: $0).run(site.addresses) }
        }
        for domain in site.domains {
            parts.append { await MailExchangerCheck(domain: domain.name, source: $0).run() }
            parts.append { await SPFCheck(domain: domain.name, site: site, source: $0).run() }
            parts.append { await KeyCheck(domain: domain, source: $0).run() }
            parts.append { await DMARCCheck(domain: domain, source: $0).run() }
        }
        return parts
    }

    /// Whether anything at all is answered, and be it "no".
    private func isAnswered() async -> Bool {
        async let anchor = source.addresses(of: Self.anchor, in: .v4)
        async let helo = source.addresses(of: site.helo, in: .v4)
        return await [anchor, helo].contains {
            // A name that cannot be asked for tells nothing either way.
            if case .failed = $0 { false } else { true }
        }
    }

    private var silence: CheckItem {
        CheckItem(
            .addresses, "DNS",
            .found(
                Finding(
                    .dnsSilent, about: "resolver", "the DNS does not answer from this host",
                    remedy: .run("cat /etc/resolv.conf; resolvectl status"))))
    }

    /// Microsoft's rule for those who send much: grave only where something that it wants is amiss.
    private func volume(_ items: [CheckItem]) -> [CheckItem] {
        guard let most = site.mostToMicrosoft, most > 0 else { return [] }
        let missing = items.compactMap(\.finding).filter { Self.wanted.contains($0.kind) }
        guard most >= Self.highVolume, let first = missing.first else {
            return [CheckItem(.addresses, "Microsoft", .good("at most \(most) recipients a day in the last week"))]
        }
        return [
            CheckItem(
                .addresses, "Microsoft",
                .found(
                    Finding(
                        .microsoftVolume, about: first.subject,
                        "\(most) recipients a day at outlook.com, hotmail.com and the like, and \(first.what)",
                        remedy: first.remedy)))
        ]
    }

    /// From so many messages a day on (Microsoft, "Outlook's new requirements for high-volume senders", April 2025).
    static let highVolume = 5000

    private static let wanted: Set<FindingKind> = [
        .spfMissing, .spfSeveral, .spfBroken, .spfRefuses, .dkimMissing, .dkimSeveral, .dkimDiffers, .dkimRevoked,
        .dkimUnusable, .dmarcMissing, .dmarcSeveral, .dmarcBroken, .dmarcUnaligned,
    ]
}

extension CheckItem {
    /// An item for a name that could not be asked for.
    static func failed(
        _ section: Section, _ name: String, asking what: String, _ failure: LookupFailure
    ) -> CheckItem {
        CheckItem(section, name, .found(Finding(.lookupFailed, about: what, "\(what) cannot be looked up: \(failure)")))
    }
}
