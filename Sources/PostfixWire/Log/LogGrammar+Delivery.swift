// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What delivery agents write (log_adhoc.c).
extension LogGrammar {
    /// `to=<…>, [orig_to=<…>, ]relay=…, [conn_use=…, ]delay=…, [delays=…, ][tls=…, ]dsn=…, status=… (…)`.
    ///
    /// The fields before the status are read by name, each once; one that is not known is stepped over, so that a newer
    /// Postfix does no harm. The text in parentheses is the rest of the line.
    static func delivery(_ line: Span<UInt8>, at start: Int, by daemon: LogDaemon) -> LogEvent? {
        var index = start
        guard line.skip("to=", at: &index), let recipient = line.address(at: &index), line.skip(", ", at: &index) else {
            return nil
        }
        var originalRecipient: LineRange?
        if line.skip("orig_to=", at: &index) {
            originalRecipient = line.address(at: &index)
            guard originalRecipient != nil, line.skip(", ", at: &index) else { return nil }
        }
        guard line.skip("relay=", at: &index), let relay = relay(line, at: &index), line.skip(", ", at: &index) else {
            return nil
        }
        var connectionUse: Int?
        var delay: Int64?
        var delays: LineRange?
        var status: EnhancedStatusCode?
        while !line.skip("status=", at: &index) {
            guard let end = fieldEnd(line, from: index) else { return nil }
            if connectionUse == nil, line.skip("conn_use=", at: &index) {
                connectionUse = line.number(at: &index)
            } else if delay == nil, line.skip("delay=", at: &index) {
                delay = line.milliseconds(at: &index)
            } else if delays == nil, line.skip("delays=", at: &index) {
                delays = LineRange(index, end)
            } else if status == nil, line.skip("dsn=", at: &index) {
                status = line.enhancedStatus(at: &index)
            }
            index = end + 2
        }
        guard let outcome = outcome(line, at: &index) else { return nil }
        return .delivery(
            DeliveryRecord(
                recipient: recipient, originalRecipient: originalRecipient, relay: relay,
                connectionUse: connectionUse ?? 1, delay: delay, delays: delays, status: status, outcome: outcome,
                text: parenthesized(line, at: index), daemon: daemon))
    }

    /// `none`, `local`, `mx.example.com[192.0.2.1]:25`, `mail.example.com[private/dovecot-lmtp]`.
    private static func relay(_ line: Span<UInt8>, at index: inout Int) -> LogRelay? {
        if let peer = line.peer(at: &index) {
            var port: UInt16?
            if line.skip(":", at: &index) { port = line.number(at: &index).flatMap { UInt16(exactly: $0) } }
            return LogRelay(name: peer.name, address: peer.address, port: port)
        }
        guard let end = fieldEnd(line, from: index) else { return nil }
        defer { index = end }
        return LogRelay(name: LineRange(index, end), address: nil, port: nil)
    }

    /// Where a field `name=value, ` ends that begins at `start`; `nil` if none begins there.
    ///
    /// No field before the text holds a blank or a parenthesis, so that a damaged line does not lead into the text.
    private static func fieldEnd(_ line: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while let byte = line.byte(at: index), byte != UInt8(ascii: ",") {
            guard byte > UInt8(ascii: " "), byte != UInt8(ascii: "(") else { return nil }
            index += 1
        }
        return line.has(", ", at: index) && index > start ? index : nil
    }

    private static func outcome(_ line: Span<UInt8>, at index: inout Int) -> DeliveryOutcome? {
        let outcome: DeliveryOutcome
        if line.skip("sent", at: &index) {
            outcome = .sent
        } else if line.skip("deferred", at: &index) {
            outcome = .deferred
        } else if line.skip("bounced", at: &index) {
            outcome = .bounced
        } else if line.skip("SOFTBOUNCE", at: &index) {
            outcome = .softBounced
        } else if line.skip("expired", at: &index) {
            outcome = .expired
        } else if line.skip("undeliverable", at: &index) {
            outcome = .undeliverable
        } else if line.skip("deliverable", at: &index) {
            outcome = .deliverable
        } else {
            return nil
        }
        // verify(8) adds "-but-not-cached".
        if outcome == .undeliverable || outcome == .deliverable { _ = line.skip("-but-not-cached", at: &index) }
        guard index == line.count || line.skip(" ", at: &index) else { return nil }
        return outcome
    }

    /// What stands between a parenthesis at `index` and the one that ends the line; to the end if a cut line has none.
    private static func parenthesized(_ line: Span<UInt8>, at index: Int) -> LineRange {
        guard line.has("(", at: index) else { return LineRange(index, line.count) }
        let isClosed = line.count > index + 1 && line[line.count - 1] == UInt8(ascii: ")")
        return LineRange(index + 1, isClosed ? line.count - 1 : line.count)
    }

    /// What smtp(8) and lmtp(8) say beside the outcome of an attempt.
    static func remote(_ line: Span<UInt8>, at start: Int) -> LogEvent {
        if line.has("host ", at: start) {
            let report = RemoteReport(LineRange(start, line.count), in: line)
            return report.speaker == .postfix ? .other : .earlierReply(report)
        }
        var index = start
        guard
            line.skip("connect to ", at: &index) || line.skip("lost connection with ", at: &index)
                || line.skip("conversation with ", at: &index),
            let peer = line.peer(at: &index)
        else { return .other }
        return .connectionLost(
            ConnectionRecord(host: peer.name, address: peer.address, text: LineRange(start, line.count)))
    }
}
