// SPDX-License-Identifier: Apache-2.0
internal import Resolving

/// Whether answers and bounces to a domain have somewhere to go.
struct MailExchangerCheck {
    let domain: String
    let source: any RecordSource

    func run() async -> [CheckItem] {
        let hosts: [String]
        switch await source.exchangers(of: domain) {
        case .failed(let failure): return [.failed(.domain(domain), "MX", asking: "MX of \(domain)", failure)]
        case .noName: return [item(.mxMissing, "\(domain) does not exist in the DNS", .publish(record))]
        case .noData: return [item(.mxMissing, "\(domain) has no MX record", .publish(record))]
        case .found(let records):
            hosts = records.sorted { ($0.preference, $0.host) < ($1.preference, $1.host) }.prefix(10).map(\.host)
        }
        if hosts == [""] {
            return [item(.mxNull, "\(domain) has the null MX (RFC 7505): it takes no mail", .publish(record))]
        }
        for host in hosts where !host.isEmpty {
            switch await source.allAddresses(of: host) {
            case .found: continue
            case .failed(let failure): return [.failed(.domain(domain), "MX", asking: host, failure)]
            case .noName, .noData:
                let advice = Finding.Remedy.act("give \(host) an address, or take it out of the MX of \(domain)")
                return [item(.mxNowhere, "the mail exchanger \(host) has no address", advice)]
            }
        }
        return [CheckItem(.domain(domain), "MX", .good(hosts.joined(separator: ", ")))]
    }

    private var record: String { "\(domain). IN MX 10 mail.\(domain)." }

    private func item(_ kind: FindingKind, _ what: String, _ remedy: Finding.Remedy) -> CheckItem {
        CheckItem(.domain(domain), "MX", .found(Finding(kind, about: domain, what, remedy: remedy)))
    }
}
