// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// When which provider refused or slowed down our address.
struct ListingTimeline: Sendable {
    /// After so long without a sign, the next one begins another episode: the longest wait of any probe plan.
    private static let silence: Duration = .hours(6)
    private static let capacity = 1000
    private static let maximumCodes = 8

    private var closed: [ListingEpisode] = []
    private var open: [ListingKey: ListingEpisode] = [:]
    /// Episodes for which there was no room.
    private(set) var unlisted = 0

    /// Counts a line that is evidence.
    mutating func count(_ delivery: Delivery) {
        guard let provider = delivery.provider, let reading = delivery.reading else { return }
        let key = ListingKey(provider, delivery.hostAddress?.family ?? .v4)
        if let episode = open[key], delivery.moment.since(episode.last) > Self.silence { close(key, episode) }
        var episode =
            open[key]
            ?? ListingEpisode(
                provider: provider.name, family: key.family, first: delivery.moment, last: delivery.moment, count: 0,
                unmistakable: 0, codes: [], bounced: 0)
        episode.first = min(episode.first, delivery.moment)
        episode.last = max(episode.last, delivery.moment)
        episode.count += 1
        if reading.grade == .unmistakable { episode.unmistakable += 1 }
        if delivery.outcome == .bounced { episode.bounced += 1 }
        if let code = reading.token, episode.codes.count < Self.maximumCodes, !episode.codes.contains(code) {
            episode.codes.append(code)
        }
        open[key] = episode
    }

    /// All episodes by their beginning.
    var episodes: [ListingEpisode] {
        (closed + open.values).sorted { ($0.first, $0.provider) < ($1.first, $1.provider) }
    }

    private mutating func close(_ key: ListingKey, _ episode: ListingEpisode) {
        open[key] = nil
        if closed.count < Self.capacity { closed.append(episode) } else { unlisted += 1 }
    }
}
