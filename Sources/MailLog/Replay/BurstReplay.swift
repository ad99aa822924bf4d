// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Plays the limiter over the submissions of an old log, as the milter would have asked it.
///
/// What a rule would have stopped counts nowhere, as then; everything else goes on as the log has it, so that a program
/// that would have given up at the first refusal is shown with all its attempts.
public struct BurstReplay: Sendable {
    private static let capacity = 100_000
    private static let maximumEpisodes = 1000
    private static let maximumInnocent = 100
    private static let silence: Duration = .hours(1)

    private struct Place: Hashable {
        let sender: Sender
        let rule: Int
    }

    private let rules: LimitRules
    private var store: UnsharedLimitStore
    private var report = BurstReport(
        submissions: 0, recipients: 0, stoppedMessages: 0, stoppedRecipients: 0, observedRecipients: 0, episodes: [],
        unlistedEpisodes: 0, senders: 0, innocent: [])
    private var open: [Place: BurstEpisode] = [:]
    private var closed: [(sender: Sender, episode: BurstEpisode)] = []
    private var stopped: Set<Sender> = []

    /// A replay under these rules; a key of its own, for nothing of it is kept.
    public init(_ rules: [LimitRule]) {
        self.rules = LimitRules(
            rules, hashKey: HashKey(low: .random(in: 0...(.max)), high: .random(in: 0...(.max))))
        store = UnsharedLimitStore(rules: self.rules, capacity: Self.capacity)
    }

    /// Counts one submission; to be fed in the order of the log.
    public mutating func count(_ submission: LoggedSubmission) {
        let subSender = SubSender(
            of: submission.sender, originatingScript: nil, envelopeSender: submission.envelopeSender)
        let applied = rules.applying(to: submission.sender, submission.senderClass, subSender: subSender)
        var limits = MessageLimits(applied, rules: rules)
        report.submissions += 1
        report.recipients += submission.recipients
        var refused: (breach: Breach, recipients: Int)?
        switch submission.sender {
        case .localUser, .unknownLocalUser:
            _ = limits.localMessage(recipients: submission.recipients, at: submission.moment, in: &store)
        case .login, .client, .forwarder:
            refused = count(submission.recipients, at: submission.moment, &limits)
        }
        switch limits.verdict {
        case .hold(let breach), .refuse(let breach): note(breach, submission, submission.recipients, applied)
        case .accept:
            if let refused { note(refused.breach, submission, refused.recipients, applied) }
        }
        for breach in limits.observed { note(breach, submission, submission.recipients, applied) }
    }

    /// Asks for one recipient after the other, as Postfix does.
    private mutating func count(
        _ recipients: Int, at moment: Moment, _ limits: inout MessageLimits
    ) -> (breach: Breach, recipients: Int)? {
        var refused: (breach: Breach, recipients: Int)?
        for number in 0..<max(0, recipients) {
            guard case .accept = limits.verdict else { return nil }
            if case .refuse(let breach) = limits.recipient(at: moment, in: &store) {
                // What has no room for one has none for those after it at the same moment.
                refused = (breach, recipients - number)
                break
            }
        }
        return refused
    }

    private mutating func note(
        _ breach: Breach, _ submission: LoggedSubmission, _ recipients: Int, _ applied: [AppliedLimit]
    ) {
        guard rules.all.indices.contains(breach.rule) else { return }
        if breach.over == .observe {
            report.observedRecipients += recipients
        } else {
            report.stoppedMessages += 1
            report.stoppedRecipients += recipients
            stopped.insert(submission.sender)
        }
        let place = Place(sender: submission.sender, rule: breach.rule)
        if let episode = open[place], submission.moment.since(episode.last) > Self.silence { close(place, episode) }
        var episode =
            open[place]
            ?? BurstEpisode(
                sender: submission.sender.name, senderClass: submission.senderClass.rawValue,
                rule: rules.all[breach.rule].name, rate: breach.rate.description, over: breach.over.rawValue,
                first: submission.moment, last: submission.moment,
                passedBefore: used(breach, applied, at: submission.moment), messages: 0, recipients: 0,
                looksInnocent: true)
        episode.last = max(episode.last, submission.moment)
        episode.messages += 1
        episode.recipients += recipients
        open[place] = episode
        if open.count > Self.capacity { closeSilent(at: submission.moment) }
    }

    private mutating func used(_ breach: Breach, _ applied: [AppliedLimit], at moment: Moment) -> UInt64 {
        guard let limit = applied.first(where: { $0.rule == breach.rule }) else { return 0 }
        let usage = store.withShard(limit.key.shard(of: store.shardCount)) { $0.usage(of: limit, at: moment) }
        return usage.first { $0.rate == breach.rate }?.used ?? 0
    }

    private mutating func close(_ place: Place, _ episode: BurstEpisode) {
        open[place] = nil
        if closed.count < Self.maximumEpisodes {
            closed.append((place.sender, episode))
        } else {
            report.unlistedEpisodes += 1
        }
    }

    /// Keeps what is open within bounds: those without a message for an hour, or if there are none, all.
    private mutating func closeSilent(at moment: Moment) {
        let silent = open.filter { moment.since($0.value.last) > Self.silence }
        for (place, episode) in silent.isEmpty ? open : silent { close(place, episode) }
    }

    /// What was found so far; `isSuspicious` tells of a sender whether its mail shows signs of abuse.
    public func report(isSuspicious: (Sender) -> Bool) -> BurstReport {
        var report = report
        report.senders = stopped.count
        report.innocent = stopped.filter { !isSuspicious($0) }.map(\.name).sorted()
            .prefix(Self.maximumInnocent).map { $0 }
        report.episodes = (closed + open.map { ($0.key.sender, $0.value) }).map { sender, episode in
            var episode = episode
            episode.looksInnocent = !isSuspicious(sender)
            return episode
        }.sorted { ($0.first, $0.sender, $0.rule) < ($1.first, $1.sender, $1.rule) }
        return report
    }
}
