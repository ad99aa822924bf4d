// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What the next transaction adds to the database: entries folded into sums, so that memory stays small while the disk
/// cannot be written, and a thousand alike refusals cost one row.
struct Tally {
    /// Entries that are in it.
    private(set) var entryCount = 0
    /// Entries that found no room.
    private(set) var lostCount = 0

    private(set) var kinds: [RefusalKind: RefusalSum] = [:]
    private(set) var deliveries: [DeliveryHour: OutcomeSum] = [:]
    private(set) var senders: [SenderHourKey: SenderSum] = [:]
    private(set) var events: [LedgerEvent] = []
    private(set) var held: [QueueID: HeldMail] = [:]
    private(set) var notHeld: Set<QueueID> = []
    private(set) var minutes: [DeliveryMinute: OutcomeSum] = [:]
    private(set) var deeds: [DeedHour: Int] = [:]
    private(set) var positions: [String: String] = [:]

    private(set) var submissions: SubmissionTally

    private let maximumKept: Int

    /// An empty tally of so many kinds, buckets and events at most.
    init(maximumKept: Int) {
        self.maximumKept = maximumKept
        submissions = SubmissionTally(maximumKept: maximumKept)
    }

    /// Whether there is nothing to write.
    var isEmpty: Bool { entryCount == 0 && positions.isEmpty }

    /// The lost count, taken: it is 0 afterwards.
    mutating func takeLost() -> Int {
        defer { lostCount = 0 }
        return lostCount
    }

    /// Adds what was recorded; what claims to be later than `latest` counts as of then, or it would never grow old.
    mutating func add(_ entry: LedgerEntry, latest: Moment) {
        let isKept: Bool
        switch entry {
        case .refused(let record): isKept = add(record, at: min(record.time, latest))
        case .accepted(let record): isKept = add(record, at: min(record.time, latest))
        case .attempted(let record): isKept = submissions.add(record, at: min(record.time, latest))
        case .submitted(let submission): isKept = submissions.add(submission, at: min(submission.moment, latest))
        case .event(let event): isKept = add(event, at: min(event.time, latest))
        case .held(let mail): isKept = add(mail, at: min(mail.time, latest))
        case .notHeld(let id): isKept = remove(id)
        case .deed(let deed): isKept = add(deed, at: min(deed.time, latest))
        }
        if isKept { entryCount += 1 } else { lostCount += 1 }
    }

    /// Moves a source on.
    mutating func reach(_ position: LedgerPosition) {
        guard positions[position.source] != nil || positions.count < maximumKept else { return }
        positions[position.source] = position.text
    }

    /// Writes the place of a source again, unless a later one is there to be written.
    mutating func resume(_ source: String, at text: String) {
        if positions[source] == nil { reach(LedgerPosition(source: source, text: text)) }
    }

    private mutating func add(_ record: RefusalRecord, at time: Moment) -> Bool {
        let kind = RefusalKind(record)
        guard kinds[kind] != nil || kinds.count < maximumKept else { return false }
        kinds[kind, default: RefusalSum(record, at: time)].add(record, at: time)
        count(at: time, record.provider, record.replyClass.rawValue) {
            switch record.outcome {
            case .deferred: $0.deferred += 1
            case .bounced: $0.bounced += 1
            }
        }
        count(at: time, record.sender, record.senderClass) {
            switch record.outcome {
            case .deferred: $0.deferred += 1
            case .bounced: $0.bounced += 1
            }
            switch OutcomeKind(.bounced, record.replyClass) {
            case .unknownUser: $0.unknownUser += 1
            case .block: $0.block += 1
            case .accepted, .deferred, .spamRefusal, .failed, nil: break
            }
        }
        return true
    }

    private mutating func add(_ record: AcceptanceRecord, at time: Moment) -> Bool {
        let isCounted = count(at: time, record.provider, "") { $0.sent += 1 }
        count(at: time, record.sender, record.senderClass) { $0.sent += 1 }
        return isCounted
    }

    private mutating func add(_ event: LedgerEvent, at time: Moment) -> Bool {
        guard events.count < maximumKept else { return false }
        var event = event
        event.time = time
        event.who = event.who.map { BoundedText.cut($0, to: 256) }
        if event.detail.utf8.count > 4096 { event.detail = "{}" }
        events.append(event)
        return true
    }

    private mutating func add(_ mail: HeldMail, at time: Moment) -> Bool {
        guard held.count < maximumKept else { return false }
        held[mail.queueID] = mail.bounded(at: time)
        return true
    }

    /// What was held before and is gone; one of the same ID that is held later stays.
    private mutating func remove(_ id: QueueID) -> Bool {
        held[id] = nil
        guard notHeld.count < maximumKept else { return false }
        notHeld.insert(id)
        return true
    }

    private mutating func add(_ deed: Deed, at time: Moment) -> Bool {
        let key = DeedHour(
            hour: time.hour, deed: deed.kind.rawValue, subject: BoundedText.cut(deed.subject ?? "", to: 256))
        guard deeds[key] != nil || deeds.count < maximumKept else { return false }
        deeds[key] = (deeds[key] ?? 0).addingReportingOverflow(max(0, deed.count)).partialValue
        return true
    }

    @discardableResult
    private mutating func count(
        at time: Moment, _ provider: Provider?, _ replyClass: String, _ change: (inout OutcomeSum) -> Void
    ) -> Bool {
        let key = DeliveryHour(
            hour: time.hour, provider: BoundedText.cut(provider?.name ?? "", to: 64), replyClass: replyClass)
        guard deliveries[key] != nil || deliveries.count < maximumKept else { return false }
        change(&deliveries[key, default: OutcomeSum()])
        let minute = DeliveryMinute(minute: HistoryBucket.minute.number(of: time), provider: key.provider)
        if minutes[minute] != nil || minutes.count < maximumKept { change(&minutes[minute, default: OutcomeSum()]) }
        return true
    }

    private mutating func count(
        at time: Moment, _ sender: Sender?, _ senderClass: SenderClass?, _ change: (inout OutcomeSum) -> Void
    ) {
        guard let sender else { return }
        let key = SenderHourKey(hour: time.hour, sender: BoundedText.cut(sender.name, to: 256))
        guard senders[key] != nil || senders.count < maximumKept else { return }
        change(&senders[key, default: SenderSum(senderClass: senderClass)].counts)
    }
}

extension Tally {
    /// One hour of one provider and class; an empty class holds what was sent.
    struct DeliveryHour: Hashable {
        let hour: Int64
        let provider: String
        let replyClass: String
    }

    /// One minute of one provider.
    struct DeliveryMinute: Hashable {
        let minute: Int64
        let provider: String
    }

    /// One hour of one kind of deed.
    struct DeedHour: Hashable {
        let hour: Int64
        let deed: String
        let subject: String
    }

    /// One hour of one sender.
    struct SenderHourKey: Hashable {
        let hour: Int64
        let sender: String
    }

    /// What a sender's deliveries came to.
    struct SenderSum {
        let senderClass: SenderClass?
        var counts = OutcomeSum()
    }
}

extension Moment {
    /// Whole hours since the Unix epoch, rounded down.
    var hour: Int64 { seconds.dividedFloor(by: 3600) }
}

extension Int64 {
    /// The quotient rounded down, of a positive divisor.
    func dividedFloor(by divisor: Int64) -> Int64 { self / divisor - (self % divisor < 0 ? 1 : 0) }
}
