// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import MailLog
internal import PosternCore
internal import Settings
internal import Synchronization

/// Watches each sender's mail for the marks of a stolen account, and stops whom the configuration says to stop.
///
/// What it remembers is of the senders of late only, and ends with the process; a stop outlives it.
final class TripwireGuard: SubmissionHearer, MailLogHearer {
    fileprivate struct Wires: Sendable {
        var settings: TripwireSettings
        var failures = RecentTable<FailureShare>(capacity: 20_000)
        var origins = RecentTable<OriginSpread>(capacity: 20_000)
        var baselines = RecentTable<Baseline>(capacity: 20_000)
        var strangers = RecentTable<FirstTimeRecipients>(capacity: 4000)
    }

    /// Old lines of a log teach, but stop nobody.
    private static let latest = Duration.hours(1)

    private let mail: MailService
    private let wires: Mutex<Wires>

    init(_ mail: MailService) {
        self.mail = mail
        wires = Mutex(Wires(settings: mail.policy.tripwires))
    }

    var wantsAddresses: Bool { mail.policy.tripwires.tellsOfStrangers }

    /// A message was submitted: whence, how many, and to whom.
    func heard(_ submission: Submission) {
        let policy = mail.policy
        guard policy.modes.limits != .off else { return }
        let key = SenderKey(submission.sender, key: policy.hashKey)
        let moment = mail.limitMoment
        let findings = withWires(policy.tripwires) { wires in
            wires.submitted(submission, by: key, hashKey: policy.hashKey, at: moment)
        }
        for finding in findings { found(finding, of: submission.sender, submission.senderClass, policy) }
    }

    /// A recipient's server took a message or refused it.
    func heard(_ delivery: Delivery) {
        let policy = mail.policy
        guard policy.modes.limits != .off, policy.tripwires.failureAction != .off,
            let sender = delivery.attribution?.sender, let kind = delivery.attribution?.counted
        else { return }
        let failed: UInt32
        switch kind {
        case .accepted: failed = 0
        case .unknownUser, .spamRefusal: failed = 1
        case .deferred, .block, .failed: return
        }
        let now = mail.now()
        guard now.since(delivery.moment) < Self.latest else { return }
        let finding = withWires(policy.tripwires) { wires in
            wires.failures.update(
                SenderKey(sender, key: policy.hashKey), initial: FailureShare(wires.settings.failures)
            ) {
                $0.add(delivered: 1 - failed, failed: failed, at: min(delivery.moment, now))
            }
        }
        if let finding { found(finding, of: sender, policy.senders.senderClass(of: sender), policy) }
    }

    func sightChanged(isBlind: Bool) {}

    /// Other thresholds begin with nothing seen.
    private func withWires<Result: Sendable>(
        _ settings: TripwireSettings, _ body: (inout Wires) -> sending Result
    ) -> Result {
        wires.withLock { wires in
            if wires.settings != settings { wires = Wires(settings: settings) }
            return body(&wires)
        }
    }

    private func found(_ finding: SenderFinding, of sender: Sender, _ senderClass: SenderClass, _ policy: Policy) {
        let words = finding.words
        let action: TripwireSettings.Action =
            switch finding {
            case .failureShare: policy.tripwires.failureAction
            case .manyOrigins: policy.tripwires.originAction
            case .aboveBaseline, .firstTimeRecipients: .observe
            }
        let isHeld =
            action == .hold && finding.acts && policy.modes.limits == .enforce
            && (senderClass == .login || senderClass == .webUser)
            && mail.stops.stop(
                sender.name, because: words, from: mail.limitMoment, for: policy.tripwires.holdFor)
        let consequence =
            isHeld ? "its mail is held for \(policy.tripwires.holdFor.written) or until it is freed" : "its mail passes"
        mail.log.error("tripwire: \(sender.name): \(words); \(consequence)")
        mail.alerts.raise(
            Alert(
                .tripwire, about: sender.name, at: mail.now(), isActedOn: isHeld,
                facts: [AlertFact(.reason, .text(words))]))
    }
}

extension TripwireGuard.Wires {
    fileprivate mutating func submitted(
        _ submission: Submission, by key: SenderKey, hashKey: HashKey, at moment: Moment
    ) -> [SenderFinding] {
        var findings: [SenderFinding] = []
        let settings = settings
        if settings.originAction != .off, case .login = submission.sender, let client = submission.client,
            let finding = origins.update(
                key, initial: OriginSpread(settings.origins), { $0.used(from: client, at: moment) })
        {
            findings.append(finding)
        }
        guard submission.outcome == .passed else { return findings }
        let recipients = UInt32(clamping: submission.recipients)
        if settings.tellsOfBaseline,
            let finding = baselines.update(
                key, initial: Baseline(settings.baseline), { $0.add(recipients, at: moment) })
        {
            findings.append(finding)
        }
        guard settings.tellsOfStrangers else { return findings }
        let limit = UInt32(clamping: settings.strangers)
        strangers.update(key, initial: FirstTimeRecipients(limit: limit, key: hashKey)) { strangers in
            for address in submission.addresses {
                if let finding = strangers.wrote(to: address, at: moment) { findings.append(finding) }
            }
        }
        return findings
    }
}

extension SenderFinding {
    /// The finding for people.
    fileprivate var words: String {
        switch self {
        case .failureShare(let failed, let outcomes): "\(failed) of \(outcomes) recipients were refused of late"
        case .manyOrigins(let networks, let within): "it was used from \(networks) networks within \(within.written)"
        case .aboveBaseline(let recipients, let usual):
            "\(recipients) recipients this hour, where its busy hours have \(usual)"
        case .firstTimeRecipients(let count): "\(count) recipients today to whom it never wrote before"
        }
    }
}
