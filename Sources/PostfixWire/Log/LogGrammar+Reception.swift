// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What smtpd(8) and cleanup(8) write about the messages and recipients they take or refuse.
extension LogGrammar {
    /// `client=host[ip][:port][, sasl_method=…][, sasl_username=…][, sasl_sender=…][, orig_queue_id=…][, orig_client=…]`
    /// (smtpd.c, mail_open_stream).
    static func accepted(_ line: Span<UInt8>, at start: Int) -> LogEvent? {
        var index = start
        guard line.skip("client=", at: &index), let peer = line.peer(at: &index) else { return nil }
        var port: UInt16?
        if line.skip(":", at: &index) { port = line.number(at: &index).flatMap { UInt16(exactly: $0) } }
        if line.skip(", sasl_method=", at: &index) {
            index = line.place(of: UInt8(ascii: ","), from: index) ?? line.count
        }
        var login: LineRange?
        if line.skip(", sasl_username=", at: &index) {
            let end = loginEnd(line, from: index)
            login = LineRange(index, end)
            index = end
        }
        // sasl_sender is what the client gave as AUTH= at MAIL; nothing that follows it is certain.
        var originalID: QueueID?
        if line.skip(", orig_queue_id=", at: &index) { originalID = line.queueID(at: &index) }
        return .accepted(
            AcceptedRecord(
                clientName: peer.name, clientAddress: peer.address, clientPort: port, login: login,
                originalID: originalID))
    }

    private static func loginEnd(_ line: Span<UInt8>, from start: Int) -> Int {
        var index = start
        while let comma = line.place(of: UInt8(ascii: ","), from: index) {
            if line.has(", sasl_sender=", at: comma) || line.has(", orig_queue_id=", at: comma)
                || line.has(", orig_client=", at: comma)
            {
                return comma
            }
            index = comma + 1
        }
        return line.count
    }

    /// `ACTION: STAGE from host[ip]: [code ][status ]text` (smtpd_check.c, smtpd_milter.c, cleanup_milter.c, cleanup_message.c).
    static func policy(_ line: Span<UInt8>, at start: Int) -> LogEvent? {
        var index = start
        guard let action = action(line, at: &index) else { return .other }
        if line.has("header ", at: index) || line.has("body ", at: index) || line.has("nested header ", at: index)
            || line.has("mime header ", at: index)
        {
            return .policy(
                PolicyRecord(
                    action: action, stage: .content, clientName: nil, clientAddress: nil, code: nil, status: nil,
                    text: LineRange(index, line.count), sender: nil, recipient: nil))
        }
        let stage = stage(line, at: &index)
        var inner = index
        let peer = line.skip(" from ", at: &inner) ? line.peer(at: &inner) : nil
        if peer != nil {
            // With smtpd_client_port_logging.
            if line.byte(at: inner) == UInt8(ascii: ":"), line.byte(at: inner + 1) != UInt8(ascii: " ") {
                inner += 1
                guard line.number(at: &inner) != nil else { return nil }
            }
            index = inner
        }
        guard line.skip(": ", at: &index) else { return index == line.count || peer == nil ? .other : nil }
        var code: UInt16?
        inner = index
        if let number = line.number(ofDigits: 3, at: &inner), 200...599 ~= number, line.skip(" ", at: &inner) {
            code = UInt16(number)
            index = inner
        }
        let status = line.enhancedStatus(at: &index)
        if status != nil { _ = line.skip(" ", at: &index) }
        let envelope = envelope(line, from: index)
        return .policy(
            PolicyRecord(
                action: action, stage: stage, clientName: peer?.name, clientAddress: peer?.address, code: code,
                status: status, text: LineRange(index, line.count), sender: envelope?.sender,
                recipient: envelope?.recipient))
    }

    private static func action(_ line: Span<UInt8>, at index: inout Int) -> PolicyAction? {
        if line.skip("reject: ", at: &index) { return .reject }
        if line.skip("milter-reject: ", at: &index) { return .milterReject }
        if line.skip("hold: ", at: &index) { return .hold }
        if line.skip("milter-hold: ", at: &index) { return .milterHold }
        if line.skip("discard: ", at: &index) { return .discard }
        if line.skip("milter-discard: ", at: &index) { return .milterDiscard }
        if line.skip("proxy-reject: ", at: &index) { return .proxyReject }
        for notice in notices where line.skip(notice, at: &index) { return .notice }
        return nil
    }

    private static let notices: [StaticString] = [
        "reject_warning: ", "warn: ", "warning: ", "info: ", "redirect: ", "filter: ", "prepend: ", "replace: ",
        "bcc: ",
        "strip: ", "delay: ", "proxy-accept: ", "milter-header-redirect: ", "milter-header-reject: ",
        "milter-header-hold: ", "milter-header-discard: ", "milter-header-warning: ", "milter-header-info: ",
        "milter-header-filter: ", "milter-header-prepend: ", "milter-header-bcc: ", "milter-header-replace: ",
    ]

    private static func stage(_ line: Span<UInt8>, at index: inout Int) -> PolicyStage {
        if line.skip("RCPT", at: &index) { return .recipient }
        if line.skip("END-OF-MESSAGE", at: &index) { return .endOfMessage }
        if line.skip("MAIL", at: &index) { return .mail }
        if line.skip("DATA", at: &index) || line.skip("BDAT", at: &index) { return .data }
        if line.skip("CONNECT", at: &index) { return .connect }
        if line.skip("EHLO", at: &index) || line.skip("HELO", at: &index) { return .helo }
        while let byte = line.byte(at: index), byte != UInt8(ascii: ":"), byte != UInt8(ascii: " ") { index += 1 }
        return .other
    }

    /// `; from=<…> to=<…>`, if it stands there once: a client that words a HELO name or an address so that it stands there
    /// twice is not told apart from Postfix, so neither is believed.
    private static func envelope(_ line: Span<UInt8>, from start: Int) -> (sender: LineRange, recipient: LineRange?)? {
        guard let place = line.place(of: "; from=<", from: start) else { return nil }
        guard line.place(of: "; from=<", from: place + 1) == nil else { return nil }
        var index = place + 7
        guard let sender = line.address(at: &index) else { return nil }
        let recipient = line.skip(" to=", at: &index) ? line.address(at: &index) : nil
        return (sender, recipient)
    }
}
