// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Which messages of late were signed, and by which domain: so that a refusal can be laid to the signature.
final class SignedDomains: Sendable {
    private let domains = Mutex(RecentMap<String, String>(capacity: 16_384))

    /// A message was signed.
    func signed(_ queueID: String, by domain: String) {
        domains.withLock { $0.set(domain, for: queueID) }
    }

    /// The domain that signed a message; `nil` if it was not signed, or long ago.
    func domain(of queueID: String) -> String? {
        domains.withLock { $0[queueID] }
    }
}
