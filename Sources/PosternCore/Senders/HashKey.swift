// SPDX-License-Identifier: Apache-2.0

/// The secret of one installation, 128 random bits, kept with the counters that it names.
public struct HashKey: Hashable, Sendable {
    /// Bytes 0…7 of the key, little-endian.
    public let low: UInt64
    /// Bytes 8…15 of the key, little-endian.
    public let high: UInt64

    /// A key by its two halves.
    public init(low: UInt64, high: UInt64) {
        self.low = low
        self.high = high
    }
}
