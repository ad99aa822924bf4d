// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving

/// Whether the addresses that we send from have names that lead back, and whether HELO says one that does.
struct AddressCheck {
    let site: SendingSite
    let source: any RecordSource

    func run() async -> [CheckItem] {
        let addresses = site.addresses.filter(\.isPublic)
        guard !addresses.isEmpty else { return [unknown, await helo()] }
        var items: [CheckItem] = []
        for address in addresses { items.append(await names(of: address)) }
        return items + [await helo(), await heloPolicy()].compactMap { $0 }
    }

    private var unknown: CheckItem {
        let what =
            site.addresses.isEmpty
            ? "this host has no way to the Internet of which the address is known"
            : "\(Self.list(site.addresses)): not what the Internet sees"
        return CheckItem(
            .addresses, "address",
            .found(
                Finding(
                    .addressUnknown, about: "check.addresses", what,
                    remedy: .act("name the addresses that receivers see in postern.toml: [check] addresses"))))
    }

    private func names(of address: ClientAddress) async -> CheckItem {
        let name = "\(address)"
        let names: [String]
        switch await source.pointers(of: address) {
        case .failed(let failure): return .failed(.addresses, name, asking: "the name (PTR) of \(address)", failure)
        case .noName, .noData:
            let advice = "have your provider give \(address) the name \(site.helo) (reverse DNS, PTR)"
            return item(name, .addressNameless, "\(address) has no name (PTR)", .act(advice))
        case .found(let found): names = Array(found.prefix(10))
        }
        for candidate in names {
            switch await source.addresses(of: candidate, in: address.family) {
            case .found(let addresses) where addresses.contains(address):
                return CheckItem(.addresses, name, .good("\(candidate), and back"))
            case .failed(let failure): return .failed(.addresses, name, asking: candidate, failure)
            case .found, .noName, .noData: continue
            }
        }
        let first = names.first ?? site.helo
        return item(
            name, .addressUnconfirmed, "\(address) is called \(first), which does not lead back to it",
            .publish(ZoneRecord.address(first, address)))
    }

    private func helo() async -> CheckItem {
        let helo = site.helo
        guard DomainName.isFullyQualified(helo), !helo.hasSuffix(".localdomain"), !helo.hasSuffix(".local") else {
            return item(
                "HELO", .heloNoName, "\(helo) is no full host name",
                .act("set myhostname to this host's full name, one that its PTR names, and reload Postfix")
            )
        }
        let answer = await source.allAddresses(of: helo)
        if case .failed(let failure) = answer { return .failed(.addresses, "HELO", asking: helo, failure) }
        let found = answer.values ?? []
        let ours = site.addresses.filter(\.isPublic)
        let absent = ours.filter { !found.contains($0) }
        guard let missing = absent.first else {
            return CheckItem(.addresses, "HELO", .good("\(helo) leads to \(Self.list(ours))"))
        }
        let record = ZoneRecord.address(helo, missing)
        if found.isEmpty { return item("HELO", .heloNowhere, "\(helo) has no address", .publish(record)) }
        return item("HELO", .heloElsewhere, "\(helo) leads to \(Self.list(found)), not to \(missing)", .publish(record))
    }

    /// Where the HELO name has SPF, our addresses must pass; it need not have it.
    private func heloPolicy() async -> CheckItem? {
        // Where it is a domain of ours, its record is looked at as that.
        guard !site.domains.contains(where: { $0.name == site.helo }) else { return nil }
        for address in site.addresses where address.isPublic {
            let question = SPFQuestion(client: address, helo: site.helo, sender: "")
            let outcome = await SPFEvaluator(source).evaluate(question)
            guard [.fail, .softfail, .permerror].contains(outcome.result) else { continue }
            let term = AddressCheck.term(for: address)
            return item(
                "HELO", .heloRefused, "the SPF record of \(site.helo) says \(outcome.result.rawValue) of \(address)",
                .publish(ZoneRecord.text(site.helo, "v=spf1 a \(term) -all")))
        }
        return nil
    }

    private func item(_ name: String, _ kind: FindingKind, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
        CheckItem(
            .addresses, name, .found(Finding(kind, about: name == "HELO" ? site.helo : name, what, remedy: remedy)))
    }

    /// The mechanism of SPF for one address.
    static func term(for address: ClientAddress) -> String {
        "\(address.family == .v4 ? "ip4" : "ip6"):\(address)"
    }

    static func list(_ addresses: [ClientAddress]) -> String {
        addresses.isEmpty ? "none" : addresses.prefix(4).map { "\($0)" }.joined(separator: ", ")
    }
}
