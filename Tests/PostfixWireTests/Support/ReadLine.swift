// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import Testing

/// A line of a log and what was read from it.
struct ReadLine {
    let bytes: [UInt8]
    let record: LogRecord

    /// Reads a line of 2026 as the zone UTC has it; `nil` if it is foreign or malformed.
    init?(_ line: String) {
        self.init(bytes: Array(line.utf8))
    }

    init?(bytes: [UInt8]) {
        var parser = LogLineParser(calendar: .year2026)
        guard case .record(let record) = parser.parse(bytes.span) else { return nil }
        self.bytes = bytes
        self.record = record
    }

    func text(_ range: LineRange?) -> String? { range?.text(in: bytes.span) }

    var delivery: DeliveryRecord? { if case .delivery(let delivery) = record.event { delivery } else { nil } }
    var accepted: AcceptedRecord? { if case .accepted(let accepted) = record.event { accepted } else { nil } }
    var submitted: SubmittedRecord? { if case .submitted(let submitted) = record.event { submitted } else { nil } }
    var policy: PolicyRecord? { if case .policy(let policy) = record.event { policy } else { nil } }
    var report: RemoteReport? {
        switch record.event {
        case .delivery(let delivery): delivery.report(in: bytes.span)
        case .earlierReply(let report): report
        default: nil
        }
    }
    var reply: SMTPReply? { delivery?.reply(in: bytes.span) }

    /// The event's name, without what it carries.
    var kind: String { String("\(record.event)".prefix { $0 != "(" }) }
}

extension LogCalendar {
    /// For lines without a year, which are of 2026 and in UTC.
    static var year2026: LogCalendar { LogCalendar(years: .from(2026), zone: .utc) }
}

/// What became of a single line.
func fate(of line: String) -> String {
    var parser = LogLineParser(calendar: .year2026)
    switch parser.parse(Array(line.utf8).span) {
    case .record: return "record"
    case .foreign: return "foreign"
    case .malformed: return "malformed"
    }
}
