// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving

/// Whether receivers find that our addresses may send for a domain, and that not everybody may.
struct SPFCheck {
    let domain: String
    let site: SendingSite
    let source: any RecordSource

    /// An address that no host has (RFC 1122 §3.2.1.3), so no record means it but one that means all.
    private static let nobody = ClientAddress.v4(1)

    func run() async -> [CheckItem] {
        let records: [String]
        switch await source.texts(of: domain) {
        case .failed(let failure): return [.failed(.domain(domain), "SPF", asking: "TXT of \(domain)", failure)]
        case .noName, .noData: records = []
        case .found(let texts): records = texts.filter(SPFRecord.isRecord).map { String(decoding: $0, as: UTF8.self) }
        }
        guard let record = records.first else {
            let line = ZoneRecord.text(domain, "v=spf1 \(terms(site.addresses)) ~all")
            return [item(.spfMissing, "\(domain) has no SPF record", .publish(line))]
        }
        guard records.count == 1 else {
            let shown = records.prefix(5).map { $0.prefix(Finding.longestText) }.joined(separator: " | ")
            let advice = "make one record of the \(records.count) that there are: \(shown)"
            return [item(.spfSeveral, "\(domain) has \(records.count) SPF records", .act(advice))]
        }
        let general = await outcome(of: Self.nobody)
        // A failure of the DNS behind the terms that let us pass is no affair of ours.
        if general.result == .permerror, let broken = fault(in: general) { return [broken] }
        var items: [CheckItem] = []
        if general.result == .pass {
            let term = general.reason ?? "the record"
            items.append(
                item(
                    .spfOpen, "\(term) lets every address pass",
                    .act("take out what lets all pass (\(term)), and end the record with ~all")))
        }
        items += await ours(record, general)
        for relay in site.relays { items += await item(for: relay, record) }
        return items
    }

    /// What each of our addresses gets.
    private func ours(_ record: String, _ general: SPFOutcome) async -> [CheckItem] {
        var passing: [ClientAddress] = []
        var refused: [(address: ClientAddress, outcome: SPFOutcome)] = []
        for address in site.addresses where address.isPublic {
            let outcome = await outcome(of: address)
            if let broken = fault(in: outcome) { return [broken] }
            if outcome.result == .pass { passing.append(address) } else { refused.append((address, outcome)) }
        }
        if let (address, outcome) = refused.first {
            let line = ZoneRecord.text(domain, Self.record(record, with: terms(refused.map(\.address))))
            let by = outcome.reason.map { " (\($0))" } ?? ""
            return [
                item(.spfRefuses, "for \(address) the record says \(outcome.result.rawValue)\(by)", .publish(line))
            ]
        }
        guard !passing.isEmpty else { return [] }
        return [
            CheckItem(
                .domain(domain), "SPF",
                .good("passes for \(AddressCheck.list(passing)); \(general.lookups) of 10 look-ups"))
        ]
    }

    private func item(for relay: SendingSite.Relay, _ record: String) async -> [CheckItem] {
        let addresses: [ClientAddress]
        if let address = ClientAddress(parsing: relay.host) {
            addresses = [address]
        } else {
            let answer = await source.allAddresses(of: relay.host)
            if case .failed(let failure) = answer {
                return [.failed(.domain(domain), "relay", asking: relay.host, failure)]
            }
            addresses = answer.values ?? []
        }
        for address in addresses {
            let outcome = await outcome(of: address)
            guard outcome.result != .pass else { continue }
            let line = ZoneRecord.text(domain, Self.record(record, with: AddressCheck.term(for: address)))
            return [
                item(
                    .spfRefusesRelay,
                    "\(relay.host) (\(address)), which takes mail for \(relay.provider) while we are listed, gets "
                        + "\(outcome.result.rawValue); if it sends from other addresses, ask its operator which",
                    .publish(line))
            ]
        }
        return []
    }

    private func outcome(of address: ClientAddress) async -> SPFOutcome {
        await SPFEvaluator(source).evaluate(
            SPFQuestion(client: address, helo: site.helo, sender: "postmaster@\(domain)"))
    }

    private func fault(in outcome: SPFOutcome) -> CheckItem? {
        let reason = outcome.reason ?? "the record cannot be evaluated"
        return switch outcome.result {
        case .permerror: item(.spfBroken, reason, .act("put the SPF record of \(domain) right: \(reason)"))
        case .temperror: CheckItem(.domain(domain), "SPF", .found(Finding(.lookupFailed, about: domain, reason)))
        case .none, .neutral, .pass, .fail, .softfail: nil
        }
    }

    private func terms(_ addresses: [ClientAddress]) -> String {
        let terms = addresses.filter(\.isPublic).map(AddressCheck.term)
        return terms.isEmpty ? "mx" : terms.joined(separator: " ")
    }

    /// The record with terms put in front, where nothing that stands in it can decide before them.
    private static func record(_ record: String, with terms: String) -> String {
        "v=spf1 \(terms)\(record.dropFirst("v=spf1".count))"
    }

    private func item(_ kind: FindingKind, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
        CheckItem(.domain(domain), "SPF", .found(Finding(kind, about: domain, what, remedy: remedy)))
    }
}
