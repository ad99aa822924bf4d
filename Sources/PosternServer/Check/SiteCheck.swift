// SPDX-License-Identifier: Apache-2.0
public import Deliverability
internal import DKIM
internal import Ledger
internal import PosternCore
internal import PostfixTools
internal import Resolving
internal import StatusModel

/// Looks at this site as the world sees it, and at how Postfix is wired to it.
public struct SiteCheck: Sendable {
    let configuration: Configuration
    let programs = PostfixPrograms()
    private let path: String

    /// A check of the configuration at `path`, which was read with its rules.
    public init(_ configuration: Configuration, path: String) {
        self.configuration = configuration
        self.path = path
    }

    /// Looks at everything; `progress` hears what is done of all there is to ask, from any thread.
    public func run(progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void) async -> CheckReport {
        let postfix = await postfix()
        let daemon = DaemonCheck(await daemonState(), writable: WritableFiles.among([path])).run()
        let site = site(postfix?.parameters)
        let dns = await ask(site, progress)
        return CheckReport(dns + wiring(postfix) + daemon)
    }

    /// Looks at one domain as receivers see it, be it in the configuration or not.
    public func run(
        domain: String, progress: @escaping @Sendable (_ done: Int, _ all: Int) -> Void
    ) async -> CheckReport {
        var site = site(await postfix()?.parameters)
        site.domains = site.domains.filter { $0.name == domain }
        if site.domains.isEmpty { site.domains = [.init(name: domain)] }
        site.blocklists = []
        site.mostToMicrosoft = nil
        return CheckReport(await ask(site, progress))
    }

    /// A domain as the configuration would have it; `nil` if it is none.
    public static func domain(_ text: String) -> String? {
        guard case .one(let name) = AuthorDomain(fieldValue: "x@\(text)".utf8) else { return nil }
        return name
    }

    private func ask(
        _ site: SendingSite, _ progress: @escaping @Sendable (Int, Int) -> Void
    ) async -> [CheckItem] {
        let resolver = Resolver()
        let items = await DNSCheck(site, by: resolver).run(progress: progress)
        await resolver.close()
        return items
    }

    private func daemonState() async -> DaemonCheck.State {
        do {
            let report = try await StatusClient(socket: configuration.status.socket)
                .get("/v1/status", as: StatusReport.self)
            return .serves(log: report.mailLog?.source, blindSince: report.mailLog?.blindSince.map { $0.description })
        } catch {
            return .silent("\(error)")
        }
    }

    // MARK: What is asked about

    private func site(_ parameters: PostfixParameters?) -> SendingSite {
        SendingSite(
            addresses: addresses(parameters), helo: helo(parameters), domains: domains, relays: relays,
            blocklists: configuration.check.blocklists, mostToMicrosoft: mostToMicrosoft)
    }

    private func helo(_ parameters: PostfixParameters?) -> String {
        let name = parameters?["smtp_helo_name"] ?? ""
        return name.isEmpty ? parameters?.hostName ?? "localhost" : name
    }

    private func addresses(_ parameters: PostfixParameters?) -> [ClientAddress] {
        guard configuration.check.addresses.isEmpty else { return configuration.check.addresses }
        let protocols = parameters?["inet_protocols"] ?? "all"
        return AddressFamily.allCases.flatMap { family -> [ClientAddress] in
            guard protocols.contains("all") || protocols.contains(family == .v4 ? "ipv4" : "ipv6") else { return [] }
            let bound = parameters?[family == .v4 ? "smtp_bind_address" : "smtp_bind_address6"] ?? ""
            if let address = ClientAddress(parsing: bound) { return [address] }
            return OwnAddresses.chosen([family])
        }
    }

    private var domains: [SendingSite.Domain] {
        configuration.domains.map { domain in
            .init(
                name: domain.plan.name, coversSubdomains: domain.plan.coversSubdomains,
                keys: domain.keys.map { KeyRecord(of: $0.key) })
        }
    }

    private var relays: [SendingSite.Relay] {
        configuration.listings.providers.compactMap { provider in
            guard case .divert(.relay(_, let host, _)) = provider.whileListed else { return nil }
            return .init(provider: provider.provider.name, host: host)
        }
    }

    /// The most that any of the last seven days brought Microsoft's consumer hosts.
    private var mostToMicrosoft: Int? {
        let day = 86_400_000
        do throws(LedgerError) {
            let ledger = try LedgerReader(directory: configuration.store.directory)
            var days: [Int64: Int] = [:]
            for hour in try ledger.hours(of: Provider("microsoft-consumer"), since: .now - .hours(24 * 7)) {
                days[hour.start.milliseconds / Int64(day), default: 0] += hour.sent
            }
            return days.values.max() ?? 0
        } catch {
            return nil
        }
    }
}
