// SPDX-License-Identifier: Apache-2.0

/// Tells once for each step how long the oldest mail of a provider has waited.
struct WaitingWatch: Hashable, Sendable, Codable {
    private struct State: Hashable, Sendable, Codable {
        var mail: ProviderBacklog
        /// How many steps were told of.
        var told = 0
    }

    /// Providers are named by the reply rules, which are fewer.
    private static let capacity = 1000
    /// After so long a wait each is told.
    static let steps = [Duration.hours(4), .hours(12), .hours(24)]
    /// A wait below this is a new one: the border of a step must not be told of again each time it is passed.
    private static let anew = Duration.hours(2)

    private var states: [String: State] = [:]

    /// What waits, by provider's name.
    var waiting: [ProviderBacklog] { states.values.map(\.mail).sorted { $0.provider.name < $1.provider.name } }

    /// Hears what waits of a provider now.
    /// - Returns: Whether the wait has reached another step.
    mutating func heard(_ mail: ProviderBacklog, at now: Moment) -> Bool {
        guard states[mail.provider.name] != nil || states.count < Self.capacity else { return false }
        var state = states[mail.provider.name] ?? State(mail: mail)
        state.mail = mail
        let age = now.since(mail.oldest)
        if age < Self.anew { state.told = 0 }
        let reached = Self.steps.count { age >= $0 }
        let isNew = reached > state.told
        state.told = max(state.told, reached)
        states[mail.provider.name] = state
        return isNew
    }

    /// Of all other providers nothing waits any more.
    mutating func keep(only providers: [Provider]) {
        let names = Set(providers.map(\.name))
        states = states.filter { names.contains($0.key) }
    }
}
