// SPDX-License-Identifier: Apache-2.0

/// Whether one login is used from many networks within a short time: the mark of a password that was sold.
///
/// A network is an IPv4 /24 or an IPv6 /48. The last sixteen are remembered, which is also the most that can be asked for.
public struct OriginSpread: Sendable {
    /// When the wire trips.
    public struct Settings: Hashable, Sendable {
        /// Within how long the networks must have been seen.
        public var window: Duration
        /// How many networks are too many, 2 to 16.
        public var networks: Int

        /// Eight networks in an hour, unless told otherwise: a person has a desk, a home, a train and a telephone.
        public init(window: Duration = .hours(1), networks: Int = 8) {
            self.window = window
            self.networks = min(max(networks, 2), OriginSpread.slotCount)
        }
    }

    private struct Origin: Sendable {
        var network: UInt64 = 0
        var seen: Int64 = .min
    }

    static let slotCount = 16

    private let settings: Settings
    private var origins = InlineArray<16, Origin>(repeating: Origin())
    private var hasTripped = false

    /// A wire that has seen nothing.
    public init(_ settings: Settings = Settings()) {
        self.settings = settings
    }

    /// Notes that the login was used from an address, and tells if the wire trips.
    ///
    /// It trips again only after there were no more than half as many networks.
    public mutating func used(from client: ClientAddress, at moment: Moment) -> SenderFinding? {
        let now = RecordLayout.clamped(moment)
        let network = Self.network(of: client)
        var place = 0
        for candidate in origins.indices {
            if origins[candidate].network == network, origins[candidate].seen != .min {
                place = candidate
                break
            }
            if origins[candidate].seen < origins[place].seen { place = candidate }
        }
        origins[place] = Origin(
            network: network, seen: max(now, origins[place].network == network ? origins[place].seen : now))
        return judge(at: now)
    }

    private mutating func judge(at now: Int64) -> SenderFinding? {
        let start = now - settings.window.wholeMilliseconds.clamped(to: 0...now)
        var networks = 0
        for place in origins.indices where origins[place].seen >= start && origins[place].seen != .min { networks += 1 }
        if networks >= settings.networks {
            defer { hasTripped = true }
            return hasTripped ? nil : .manyOrigins(networks: networks, within: settings.window)
        }
        if networks * 2 <= settings.networks { hasTripped = false }
        return nil
    }

    private static func network(of client: ClientAddress) -> UInt64 {
        switch client {
        case .v4(let address): UInt64(address >> 8)
        case .v6(let high, _): 1 << 63 | high >> 16
        }
    }
}

extension Int64 {
    fileprivate func clamped(to range: ClosedRange<Int64>) -> Int64 {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
