// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving

/// Whether a list of bad addresses holds one of ours.
struct BlocklistCheck {
    let zone: String
    let source: any RecordSource

    func run(_ addresses: [ClientAddress]) async -> [CheckItem] {
        let list = Blocklist(zone, by: source)
        var clean: [ClientAddress] = []
        var items: [CheckItem] = []
        for address in addresses where address.isPublic {
            switch await list.verdict(on: address) {
            case .notListed: clean.append(address)
            case .listed:
                let advice = KnownBlocklist.removal(of: zone).map { Finding.Remedy.act("ask for removal: \($0)") }
                items.append(
                    CheckItem(
                        .blocklists, zone,
                        .found(Finding(.blocklisted, about: "\(address)", "\(zone) lists \(address)", remedy: advice))))
            case .unknown(let reason): items.append(CheckItem(.blocklists, zone, .unknown(reason)))
            }
            // What cannot be asked of one address cannot be asked of the next.
            if case .unknown = items.last?.outcome { break }
        }
        if !clean.isEmpty {
            items.append(CheckItem(.blocklists, zone, .good("does not list \(AddressCheck.list(clean))")))
        }
        return items
    }
}
