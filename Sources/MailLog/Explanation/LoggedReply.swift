// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire

/// A reply in a line of the mail log that a person pasted.
struct LoggedReply {
    let pasted: PastedReply

    /// Reads a line of a log; `nil` if it is none, or tells of no reply.
    init?(_ line: Substring) {
        var text = String(line.trimmed)
        let pasted = text.withUTF8 { bytes in Self.reply(in: bytes.span) }
        guard let pasted else { return nil }
        self.pasted = pasted
    }

    private static func reply(in line: Span<UInt8>) -> PastedReply? {
        // Nobody asks when it was, so that any year will do; 2024 has all days.
        var parser = LogLineParser(calendar: LogCalendar(years: .from(2024), zone: .utc))
        var read = parser.parse(line)
        if case .foreign = read { read = parser.parse(line, writtenAt: Moment(seconds: 0)) }
        guard case .record(let record) = read else { return nil }
        switch record.event {
        case .delivery(let delivery):
            return PastedReply(delivery, delivery.report(in: line), in: line)
        case .earlierReply(let report):
            return PastedReply(report, fallback: nil, recipient: nil, in: line)
        default:
            return nil
        }
    }
}

extension PastedReply {
    fileprivate init(_ delivery: DeliveryRecord, _ report: RemoteReport, in line: Span<UInt8>) {
        self.init(
            report, fallback: delivery.status, recipient: line.extracting(line.bounds(delivery.recipient)).text,
            in: line)
        // An accepted message's reply has no frame; the relay gave it.
        if host == nil, delivery.outcome == .sent, delivery.relay.address != nil {
            host = delivery.relay.name.text(in: line)
        }
    }

    fileprivate init(
        _ report: RemoteReport, fallback: EnhancedStatusCode?, recipient: String?, in line: Span<UInt8>
    ) {
        self.init(
            form: .logLine, reply: report.reply(in: line, fallback: fallback), host: report.host?.text(in: line),
            hostAddress: report.address.flatMap { ClientAddress(parsing: $0.text(in: line)) }, recipient: recipient)
    }
}
