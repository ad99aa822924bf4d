// SPDX-License-Identifier: Apache-2.0

/// A fifth more or less, so that hosts and providers are not all probed at once; the same again for the same wait.
struct Jitter {
    /// From 800 to 1200.
    private let perMille: Int64

    init(key: ListingKey, count: UInt64, seed: UInt64) {
        var hash = SipHash(key: HashKey(low: seed, high: count))
        hash.append(key.description)
        perMille = 800 + Int64(hash.finish().low % 401)
    }

    /// The duration, a fifth more or less.
    func apply(to duration: Duration) -> Duration {
        let (product, overflow) = duration.wholeMilliseconds.multipliedReportingOverflow(by: perMille)
        return overflow ? duration : .milliseconds(product / 1000)
    }
}
