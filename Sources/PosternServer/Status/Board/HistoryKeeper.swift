// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore
internal import ServiceLifecycle
internal import StatusModel

/// Looks up the history of deliveries now and then, so that whoever asks is answered from memory at once.
struct HistoryKeeper: Service {
    let board: StatusBoard
    /// The listings; `nil` where they are off.
    let listings: ListingDesk?

    /// How often the figures on the page and in `top` are new.
    static let beat = Duration.seconds(2)
    /// Held messages that are told one by one.
    private static let mostHeld = 1000
    /// The senders with the most deliveries that are kept.
    private static let mostSenders = 50

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var beats = 0
            while !Task.isCancelled {
                for (range, every) in Self.rhythm where beats.isMultiple(of: every) { await lookUp(range) }
                if let listings { board.listings.publish(listings.news) }
                if beats.isMultiple(of: 30) { await lookUpSenders() }
                if beats.isMultiple(of: 5) { await lookUpHeld() }
                if beats.isMultiple(of: 30) { board.recordDeeds() }
                board.events.publish(.tick)
                beats += 1
                // A stop cancels the sleep, and that is no error.
                try? await Task.sleep(for: Self.beat)
            }
        }
        board.recordDeeds()
    }

    /// After how many beats a range is looked up again: the longer it is, the less a minute changes it.
    private static let rhythm: [(HistoryRange, Int)] = [(.hour, 2), (.day, 5), (.week, 30), (.month, 150)]

    /// Looks up one range and publishes it; what cannot be read stays as it was.
    private func lookUp(_ range: HistoryRange) async {
        guard let desk = board.desk else { return }
        let now = board.now
        guard let history = try? await desk.ask({ try DeliveryHistory(range, from: $0, at: now) }) else { return }
        var histories = board.histories.value
        histories[range] = history
        board.histories.publish(histories)
    }

    private func lookUpHeld() async {
        guard let desk = board.desk, let held = try? await desk.ask({ try $0.held() }) else { return }
        board.held.publish(
            HeldReport(count: held.count, messages: held.prefix(Self.mostHeld).map { HeldMessage($0) }))
    }

    private func lookUpSenders() async {
        guard let desk = board.desk else { return }
        let since = board.now - .hours(24)
        guard let top = try? await desk.ask({ try $0.topSenders(since: since, limit: Self.mostSenders) }) else {
            return
        }
        board.senders.publish(SendersReport(since: Timestamp(since), senders: top.map { SenderReport($0) }))
    }
}
