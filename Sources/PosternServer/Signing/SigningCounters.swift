// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Synchronization

/// What the signer did since the daemon started; survives reloads.
final class SigningCounters: Sendable {
    /// Messages that left signed, by every key of their domain.
    let signed = Counter()
    private let unsigned: [UnsignedReason: Counter]
    private let byKey = Mutex<[String: Counter]>([:])

    init() {
        unsigned = Dictionary(uniqueKeysWithValues: UnsignedReason.allCases.map { ($0, Counter()) })
    }

    /// A message left unsigned.
    func leftUnsigned(_ reason: UnsignedReason) {
        unsigned[reason]?.increment()
    }

    /// The messages that left unsigned, by reason.
    var unsignedByReason: [UnsignedReason: Int] {
        unsigned.mapValues(\.value)
    }

    /// The counter of one key's signatures; the same one after a reload.
    func counter(ofKey name: String) -> Counter {
        byKey.withLock { counters in
            if let counter = counters[name] { return counter }
            let counter = Counter()
            counters[name] = counter
            return counter
        }
    }

    /// The signatures made, by `selector._domainkey.domain`.
    var signaturesByKey: [String: Int] {
        byKey.withLock { $0 }.mapValues(\.value)
    }
}
