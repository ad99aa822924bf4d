// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What waits for the disk of submissions, summed by hour and sender and each by itself, and of attempts to deliver.
struct SubmissionTally {
    /// One hour of one sender.
    struct Hour: Hashable {
        let hour: Int64
        let sender: String
    }

    /// What a sender submitted in an hour.
    struct Sum {
        let senderClass: String
        var messages = 0
        var recipients = 0
        var held = 0
        var heldRecipients = 0
        var refused = 0
        var refusedRecipients = 0
    }

    /// A network or script of a sender on one day.
    struct Mark: Hashable {
        let day: Int64
        let sender: String
        let kind: Kind
        let value: String

        enum Kind: String {
            case network
            case script
        }
    }

    private(set) var hours: [Hour: Sum] = [:]
    private(set) var marks: [Mark: (count: Int, last: Moment)] = [:]
    private(set) var messages: [(submission: Submission, script: String?)] = []
    private(set) var attempts: [AttemptRecord] = []
    private let maximumKept: Int

    init(maximumKept: Int) {
        self.maximumKept = maximumKept
    }

    /// Adds a submission.
    /// - Returns: Whether there was room for it.
    mutating func add(_ submission: Submission, at time: Moment) -> Bool {
        var submission = submission
        submission.moment = time
        let sender = BoundedText.cut(submission.sender.name, to: 256)
        let hour = Hour(hour: time.hour, sender: sender)
        guard hours[hour] != nil || hours.count < maximumKept else { return false }
        hours[hour, default: Sum(senderClass: submission.senderClass.rawValue)].add(submission)
        let day = time.hour / 24
        note(Mark(day: day, sender: sender, kind: .network, value: submission.network ?? ""), at: time)
        let script = submission.script.map { BoundedText.cut($0, to: 256) }
        note(Mark(day: day, sender: sender, kind: .script, value: script ?? ""), at: time)
        // Whoever only asks about one recipient after the other never learns the whole; the first is kept.
        guard !submission.isContinued else { return true }
        guard messages.count < maximumKept else { return false }
        messages.append((submission, script))
        return true
    }

    /// Adds an attempt to deliver.
    /// - Returns: Whether there was room for it.
    mutating func add(_ attempt: AttemptRecord, at time: Moment) -> Bool {
        guard attempts.count < maximumKept else { return false }
        var attempt = attempt
        attempt.time = time
        attempts.append(attempt)
        return true
    }

    private mutating func note(_ mark: Mark, at time: Moment) {
        guard !mark.value.isEmpty, marks[mark] != nil || marks.count < maximumKept else { return }
        let known = marks[mark]
        marks[mark] = ((known?.count ?? 0) + 1, max(known?.last ?? time, time))
    }
}

extension SubmissionTally.Sum {
    /// Counts one submission.
    fileprivate mutating func add(_ submission: Submission) {
        if !submission.isContinued { messages += 1 }
        refusedRecipients += submission.refusedRecipients
        switch submission.outcome {
        case .passed:
            recipients += submission.recipients
        case .held:
            held += 1
            heldRecipients += submission.recipients
        case .refused:
            refused += 1
        }
    }
}
