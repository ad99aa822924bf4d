// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Which providers' mail goes another way while they list us, and how much of it has gone today.
struct Diversions: Hashable, Sendable {
    /// One provider's other way.
    private struct Diversion: Hashable {
        var target: RouteTarget
        var daily: Int
        var count = 0
        var isFull: Bool { count >= daily }
    }

    private var diversions: [Provider: Diversion] = [:]
    private var day: Int64 = 0

    private static let dayLength: Int64 = 86_400

    /// What the site wants; what was counted today goes on.
    init(_ providers: [ProviderSettings], continuing old: Diversions? = nil) {
        day = old?.day ?? 0
        for provider in providers {
            guard case .divert(let target) = provider.whileListed else { continue }
            let count = old?.diversions[provider.provider]?.count ?? 0
            diversions[provider.provider] = Diversion(target: target, daily: provider.relayDaily, count: count)
        }
    }

    /// The providers that have another way.
    var providers: [Provider] { Array(diversions.keys) }

    /// Where a provider's mail goes now; `nil` if it waits.
    func target(of provider: Provider) -> RouteTarget? {
        diversions[provider].flatMap { $0.isFull ? nil : $0.target }
    }

    /// Whether an attempt went a provider's other way, by the host that answered or the transport that asked it.
    func carried(host: String?, transport: String?, of provider: Provider) -> Bool {
        switch diversions[provider]?.target {
        case .relay(_, let relay, _): host?.lowercased() == relay.lowercased()
        case .transport(let name): transport == name
        case .retry, .usual, nil: false
        }
    }

    /// Counts a message that went another way.
    /// - Returns: The provider whose day is full with it.
    mutating func wentAnotherWay(to provider: Provider) -> Bool {
        guard var diversion = diversions[provider], !diversion.isFull else { return false }
        diversion.count += 1
        diversions[provider] = diversion
        return diversion.isFull
    }

    /// Begins to count anew with each day (UTC).
    /// - Returns: Whether some way is open again by that.
    mutating func dayPassed(_ now: Moment) -> Bool {
        let today = now.seconds / Self.dayLength
        guard today != day else { return false }
        day = today
        let wasFull = diversions.values.contains { $0.isFull }
        for provider in diversions.keys { diversions[provider]?.count = 0 }
        return wasFull
    }
}
