// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// How well the rules read replies that people have judged.
public struct ReplyEvaluation: Sendable {
    /// "Is our address listed", over all replies.
    public private(set) var listing = Tally()
    /// The same, over Microsoft's replies alone (consumer and 365).
    public private(set) var microsoftListing = Tally()
    /// How many replies with a judged class there were.
    public private(set) var judged = 0
    /// How many of those were given that class or an alternative.
    public private(set) var rightClass = 0
    /// How often a class (first) was taken for another (second).
    public private(set) var confusions: [Confusion: Int] = [:]
    /// The replies that were read otherwise than judged.
    public private(set) var misses: [Miss] = []

    /// An evaluation of nothing.
    public init() {}

    /// Counts of a yes-or-no question.
    public struct Tally: Hashable, Sendable {
        /// Yes, rightly.
        public var hits = 0
        /// Yes, wrongly.
        public var falseAlarms = 0
        /// No, wrongly.
        public var overlooked = 0

        /// The share of our yeses that is right, 0…1; 1 if there is none.
        public var precision: Double { Self.share(hits, of: hits + falseAlarms) }
        /// The share of the true yeses that we say, 0…1; 1 if there is none.
        public var recall: Double { Self.share(hits, of: hits + overlooked) }

        private static func share(_ part: Int, of whole: Int) -> Double {
            whole == 0 ? 1 : Double(part) / Double(whole)
        }
    }

    /// One class taken for another.
    public struct Confusion: Hashable, Sendable {
        /// The class as judged.
        public let judged: ReplyClass
        /// The class as read.
        public let read: ReplyClass
    }

    /// One reply read otherwise than judged.
    public struct Miss: Sendable {
        /// The reply with its judgement.
        public let labelled: LabelledReply
        /// What we read.
        public let reading: ReplyReading
    }

    /// The share of classes that are right, 0…1; 1 if nothing was judged.
    public var classAccuracy: Double { judged == 0 ? 1 : Double(rightClass) / Double(judged) }

    /// Adds one judged reply and what the rules read in it.
    public mutating func add(_ labelled: LabelledReply, _ reading: ReplyReading) {
        Self.count(labelled.isListing, reading.isListing, in: &listing)
        if labelled.provider?.hasPrefix("microsoft") == true {
            Self.count(labelled.isListing, reading.isListing, in: &microsoftListing)
        }
        var isRight = labelled.isListing == reading.isListing
        if let judgedClass = labelled.replyClass {
            judged += 1
            if reading.replyClass == judgedClass || labelled.alternatives.contains(reading.replyClass) {
                rightClass += 1
            } else {
                confusions[Confusion(judged: judgedClass, read: reading.replyClass), default: 0] += 1
                isRight = false
            }
        }
        if !isRight { misses.append(Miss(labelled: labelled, reading: reading)) }
    }

    private static func count(_ judged: Bool, _ read: Bool, in tally: inout Tally) {
        switch (judged, read) {
        case (true, true): tally.hits += 1
        case (false, true): tally.falseAlarms += 1
        case (true, false): tally.overlooked += 1
        case (false, false): break
        }
    }
}

extension ReplyEvaluation: CustomStringConvertible {
    /// The figures and the table of confusions, for a terminal.
    public var description: String {
        var lines = [
            "listing             precision \(Self.percent(listing.precision))  recall \(Self.percent(listing.recall))"
                + "  (\(listing.hits) right, \(listing.falseAlarms) false, \(listing.overlooked) overlooked)",
            "listing, Microsoft  precision \(Self.percent(microsoftListing.precision))"
                + "  recall \(Self.percent(microsoftListing.recall))"
                + "  (\(microsoftListing.hits) right, \(microsoftListing.falseAlarms) false,"
                + " \(microsoftListing.overlooked) overlooked)",
            "class               right \(Self.percent(classAccuracy))  (\(rightClass) of \(judged))",
        ]
        let sorted = confusions.sorted {
            ($1.value, $0.key.judged.rawValue, $0.key.read.rawValue) < (
                $0.value, $1.key.judged.rawValue, $1.key.read.rawValue
            )
        }
        lines += sorted.map { "  \($0.key.judged.rawValue) taken for \($0.key.read.rawValue): \($0.value)" }
        return lines.joined(separator: "\n")
    }

    /// A share with one decimal, rounded down so that 99.96 % does not pass for all.
    private static func percent(_ share: Double) -> String {
        let tenths = Int(share * 1000)
        return "\(tenths / 10).\(tenths % 10) %"
    }
}
