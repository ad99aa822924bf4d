// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// A reply with or without the frame that Postfix puts around it:
/// `<user@example.com>: host mx.example.com[192.0.2.1] said: 550 … (in reply to RCPT TO command)`.
///
/// A person may have broken its lines or left out a part, so that it is read more loosely than a line of the log.
struct FramedReply {
    let words: Substring
    let stage: DeliveryStage
    let host: Substring?
    let address: ClientAddress?
    let recipient: Substring?

    init(_ text: Substring) {
        var rest = text.trimmed
        recipient = Self.recipient(in: &rest)
        let frame = Self.frame(in: rest)
        host = frame?.host
        address = frame?.address
        rest = frame?.words ?? rest
        let stage = frame?.stage ?? Self.stage(in: &rest)
        self.stage = stage
        words = rest.trimmed
    }

    func pasted(
        as form: PastedReply.Form, host other: Substring? = nil, recipient otherRecipient: Substring? = nil,
        status: EnhancedStatusCode? = nil
    ) -> PastedReply {
        PastedReply(
            form: form, reply: SMTPReply(code: Self.code(in: words), status: status, text: String(words), stage: stage),
            host: (host ?? other).map(String.init), hostAddress: address,
            recipient: (recipient ?? otherRecipient).map(String.init))
    }

    /// What qmgr(8) puts before an older failure that it repeats; the failure is what is asked about.
    private static let suspension = "delivery temporarily suspended: "

    /// Steps over `<user@example.com>: `, with which a bounce begins its report, and over a repetition's beginning.
    private static func recipient(in rest: inout Substring) -> Substring? {
        var found: Substring?
        if rest.first == "<", let end = rest.firstRange(of: ">:"), rest[..<end.lowerBound].contains("@") {
            found = rest[..<end.lowerBound].dropFirst()
            rest = rest[end.upperBound...].trimmed
        }
        if rest.hasPrefix(suspension) { rest = rest.dropFirst(suspension.count) }
        return found
    }

    private static func frame(
        in text: Substring
    ) -> (host: Substring, address: ClientAddress?, words: Substring, stage: DeliveryStage?)? {
        guard text.hasPrefix("host ") else { return nil }
        let peer = text.dropFirst(5)
        guard let end = peer.firstIndex(where: { $0 == "[" || $0 == " " || $0 == ":" }), end > peer.startIndex else {
            return nil
        }
        // A name and an address are never longer than 300 bytes; what comes later is the reply's own.
        let head = peer.prefix(400)
        let said = head.firstRange(of: " said: ").map { ($0.upperBound, nil as DeliveryStage?) }
        let refused = head.firstRange(of: " refused to talk to me: ").map { ($0.upperBound, DeliveryStage.connect) }
        guard let (start, stage) = said ?? refused.map({ ($0.0, $0.1) }) else { return nil }
        let inner = peer[end...].drop { $0 == "[" || $0 == " " }.prefix { $0 != "]" && $0 != " " }
        return (peer[..<end], ClientAddress(parsing: inner), peer[start...], stage)
    }

    private static func stage(in rest: inout Substring) -> DeliveryStage {
        for (words, stage) in stages {
            let ending = " (in reply to \(words) command)"
            if rest.hasSuffix(ending) {
                rest = rest.dropLast(ending.count)
                return stage
            }
        }
        return .unknown
    }

    private static let stages: [(words: String, stage: DeliveryStage)] = [
        ("MAIL FROM", .mailFrom), ("RCPT TO", .rcptTo), ("end of DATA", .endOfData), ("DATA", .data), ("EHLO", .helo),
        ("HELO", .helo), ("LHLO", .helo),
    ]

    private static func code(in words: Substring) -> UInt16? {
        let digits = words.prefix(3)
        guard digits.utf8.count == 3, let code = UInt16(digits), 200...599 ~= code else { return nil }
        guard let next = words.dropFirst(3).first else { return code }
        return next == " " || next == "-" ? code : nil
    }
}
