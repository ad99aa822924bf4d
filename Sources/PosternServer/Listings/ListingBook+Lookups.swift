// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension ListingBook {
    /// Whether routes would come of knowing who serves more domains.
    var wantsDomains: Bool { isEnforcing && listings.keys.contains { listings[$0]?.memory.pauseText != nil } }

    /// Whether nobody knows who serves a domain, and it could get a route.
    func isUnknown(_ domain: String) -> Bool {
        table.domains.provider(of: domain) == nil && (table.protected.needsAsking || !table.protected.contains(domain))
    }

    /// Listings behind which stands a list that can be asked by DNS, with the address that it is said to hold.
    var blocklistQuestions: [(key: ListingKey, address: ClientAddress)] {
        listings.keys.compactMap { key in
            guard let memory = listings[key]?.memory, memory.state != .clear, let cause = memory.cause,
                settings.listing.plans.plan(of: cause).waitsForDNS,
                let address = cause.listedAddress.flatMap({ ClientAddress(parsing: $0) })
            else { return nil }
            return (key, address)
        }
    }
}
