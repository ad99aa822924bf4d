// SPDX-License-Identifier: Apache-2.0

/// What a load has measured.
public struct MilterLoadResult: Hashable, Sendable {
    /// The messages that were decided.
    public let messages: Int
    /// The connections at a time.
    public let connections: Int
    /// From the first byte to the last decision, in seconds.
    public let seconds: Double
    /// The middle time from a message's first byte to its decision, in microseconds.
    ///
    /// With fresh connections the clock starts at the connect.
    public let medianMicroseconds: Int
    /// The time that 99 of 100 messages do not exceed, in microseconds.
    public let percentile99Microseconds: Int
    /// The longest time of a message, in microseconds.
    public let maximumMicroseconds: Int
    /// Modifications asked for, such as a signature.
    public let modifications: Int
    /// Messages that were neither let through nor accepted.
    public let refused: Int
    /// The processor time of the load itself, in seconds; the milter's own is not in it.
    public let clientProcessorSeconds: Double

    /// Messages a second.
    public var rate: Double { seconds > 0 ? Double(messages) / seconds : 0 }

    init(
        times: [UInt32], connections: Int, seconds: Double, modifications: Int, refused: Int, processor: Double
    ) {
        let sorted = times.sorted()
        messages = times.count
        self.connections = connections
        self.seconds = seconds
        medianMicroseconds = Self.share(50, of: sorted)
        percentile99Microseconds = Self.share(99, of: sorted)
        maximumMicroseconds = Int(sorted.last ?? 0)
        self.modifications = modifications
        self.refused = refused
        clientProcessorSeconds = processor
    }

    /// The nearest-rank percentile.
    private static func share(_ percent: Int, of sorted: [UInt32]) -> Int {
        sorted.isEmpty ? 0 : Int(sorted[max((sorted.count * percent + 99) / 100 - 1, 0)])
    }

    /// The result as one JSON object.
    public var json: String {
        let pairs: [(String, String)] = [
            ("messages", "\(messages)"), ("connections", "\(connections)"), ("seconds", Self.text(seconds)),
            ("messages_per_second", Self.text(rate)), ("p50_us", "\(medianMicroseconds)"),
            ("p99_us", "\(percentile99Microseconds)"), ("max_us", "\(maximumMicroseconds)"),
            ("modifications", "\(modifications)"), ("refused", "\(refused)"),
            ("client_cpu_seconds", Self.text(clientProcessorSeconds)),
        ]
        return "{" + pairs.map { "\"\($0)\": \($1)" }.joined(separator: ", ") + "}"
    }

    /// Three decimals, as every JSON reader takes them.
    private static func text(_ number: Double) -> String {
        let thousandths = Int((number * 1000).rounded())
        let decimals = String(thousandths % 1000)
        return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - decimals.count) + decimals
    }
}
