// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import PosternCore
internal import Resolving

/// Asks the list behind a listing, every ten minutes, whether it still holds our address.
struct BlocklistWatch {
    private let list: Blocklist
    private let log: Logger
    private var dueAt: [ListingKey: ContinuousClock.Instant] = [:]
    /// What was said last, so that it is not said again.
    private var said: String?

    /// How often one listing's address is asked for.
    private static let interval = Duration.minutes(10)

    init(_ list: Blocklist, log: Logger) {
        self.list = list
        self.log = log
    }

    /// Asks what is due; an answer that cannot be trusted tells nobody anything.
    mutating func ask(
        _ questions: [(key: ListingKey, address: ClientAddress)], tell: (_ key: ListingKey, _ isListed: Bool) -> Void
    ) async {
        dueAt = dueAt.filter { due in questions.contains { $0.key == due.key } }
        for (key, address) in questions where dueAt[key] ?? .now <= .now {
            dueAt[key] = .now + Self.interval
            switch await list.verdict(on: address) {
            case .listed:
                say("\(list.zone) holds \(address): no probe while it does")
                tell(key, true)
            case .notListed:
                say("\(list.zone) does not hold \(address)")
                tell(key, false)
            case .unknown(let reason): say("whether \(address) is still listed is not known: \(reason)")
            }
        }
    }

    private mutating func say(_ text: String) {
        guard said != text else { return }
        said = text
        log.notice("\(text)")
    }
}
