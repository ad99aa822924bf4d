// SPDX-License-Identifier: Apache-2.0
internal import DKIM
internal import PosternCore

/// The keys of one domain, with a counter each.
struct DomainSigner: Sendable {
    let keys: [SigningKey]
    let counters: [Counter]

    /// Takes the counters of keys that were known before, so that a reload does not begin anew.
    init(keys: [SigningKey], counters: SigningCounters) {
        self.keys = keys
        self.counters = keys.map { counters.counter(ofKey: "\($0.selector)._domainkey.\($0.domain)") }
    }

    /// Whether a DKIM-Signature field was made with one of these keys' selectors for this domain.
    func made(_ signature: ForeignSignature) -> Bool {
        keys.contains { $0.domain == signature.domain && $0.selector == signature.selector }
    }
}
