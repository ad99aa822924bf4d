// SPDX-License-Identifier: Apache-2.0

extension LimitRecord {
    /// The form of the bytes; another number is another form.
    private static let version: UInt8 = 1
    /// More rates in one rule than anybody states, so that a damaged file cannot ask for much memory.
    private static let mostRates = 64

    /// The stamp and the counts, without the key, which is the row's own: a version byte, then numbers as LEB128.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = [Self.version]
        Self.append(UInt64(bitPattern: stamp.milliseconds), to: &bytes)
        for rate in counts {
            Self.append(UInt64(bitPattern: rate.windowMilliseconds), to: &bytes)
            Self.append(UInt64(rate.newestFirst.count), to: &bytes)
            for count in rate.newestFirst { Self.append(UInt64(count), to: &bytes) }
        }
        return bytes
    }

    /// Reads what `bytes` wrote.
    /// - Returns: `nil` if it is of another version, or damaged.
    public init?(key: SenderKey, bytes: some Collection<UInt8>) {
        var rest = bytes[...]
        guard rest.popFirst() == Self.version, let stamp = Self.number(from: &rest) else { return nil }
        var counts: [Counts] = []
        while !rest.isEmpty {
            guard counts.count < Self.mostRates, let window = Self.number(from: &rest),
                let length = Self.number(from: &rest), length <= UInt64(RecordLayout.counters)
            else { return nil }
            var newestFirst: [UInt32] = []
            for _ in 0..<length {
                guard let number = Self.number(from: &rest), let count = UInt32(exactly: number) else { return nil }
                newestFirst.append(count)
            }
            counts.append(Counts(windowMilliseconds: Int64(bitPattern: window), newestFirst: newestFirst))
        }
        self.init(key: key, stamp: Moment(milliseconds: Int64(bitPattern: stamp)), counts: counts)
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        var number = number
        while number >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: number) | 0x80)
            number >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: number))
    }

    private static func number<Bytes: Collection<UInt8>>(from rest: inout Bytes) -> UInt64?
    where Bytes.SubSequence == Bytes {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 63, by: 7) {
            guard let byte = rest.popFirst(), shift < 63 || byte <= 1 else { return nil }
            number |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return number }
        }
        return nil
    }
}
