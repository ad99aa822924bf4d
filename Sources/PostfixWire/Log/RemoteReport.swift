// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// The text that ends a delivery line, taken apart: Postfix's frame, and in it what the other side worded.
///
/// `host H[ip] said: 550 5.7.1 … (in reply to RCPT TO command)`. The frame is read from the outside: its start at the
/// start, the stage at the very end. Nothing within the reply is taken for a part of the frame.
public struct RemoteReport: Hashable, Sendable {
    /// Whose words they are.
    public enum Speaker: Hashable, Sendable {
        /// A server, in a reply to a command: `said:`, or the reply to an accepted message.
        case server
        /// A server that refused at its banner or at EHLO: `refused to talk to me:`.
        case greeting
        /// Postfix itself: no reply was had.
        case postfix
    }

    /// Whose words they are.
    public let speaker: Speaker
    /// The server's host name, where the frame names it.
    public let host: LineRange?
    /// The server's address, as text, where the frame names it.
    public let address: LineRange?
    /// The words without the frame.
    public let words: LineRange
    /// The reply code at the start of a server's words.
    public let code: UInt16?
    /// The enhanced status code behind it; only one of the same class as the code counts, as for Postfix.
    public let status: EnhancedStatusCode?
    /// The command that was answered.
    public let stage: DeliveryStage
    /// `delivery temporarily suspended: …`: qmgr repeats an older failure.
    ///
    /// The words are no new evidence.
    public let isSuspended: Bool

    /// The reply in the core's words.
    public func reply(in line: Span<UInt8>, fallback: EnhancedStatusCode?) -> SMTPReply {
        SMTPReply(code: code, status: status ?? fallback, text: words.text(in: line), stage: stage)
    }

    /// Takes the text in parentheses apart.
    ///
    /// For an accepted message the text is the server's reply, without a frame.
    init(_ text: LineRange, in line: Span<UInt8>, isAcceptance: Bool = false) {
        var start = Int(text.start)
        var end = min(Int(text.end), line.count)
        isSuspended = line.skip("delivery temporarily suspended: ", at: &start)

        var inner = start
        let peer = line.skip("host ", at: &inner) ? line.peer(at: &inner) : nil
        if let peer, line.skip(" said: ", at: &inner), inner <= end {
            speaker = .server
            stage = Self.stage(in: line, from: inner, end: &end)
            host = peer.name
            address = peer.address
        } else if let peer, line.skip(" refused to talk to me: ", at: &inner), inner <= end {
            speaker = .greeting
            stage = .connect
            host = peer.name
            address = peer.address
        } else {
            inner = start
            let isReply = isAcceptance && Self.code(in: line, at: start, end: end) != nil
            speaker = isReply ? .server : .postfix
            stage = isReply ? .endOfData : .local
            host = nil
            address = nil
        }
        words = LineRange(inner, end)
        let code = speaker == .postfix ? nil : Self.code(in: line, at: inner, end: end)
        self.code = code
        status = code.flatMap { Self.status(in: line, behind: $0, at: inner, end: end) }
    }

    /// The three digits with which a reply starts, 200…599.
    private static func code(in line: Span<UInt8>, at start: Int, end: Int) -> UInt16? {
        var index = start
        guard let code = line.number(ofDigits: 3, at: &index), index <= end, 200...599 ~= code else { return nil }
        guard index == end || line.has(" ", at: index) || line.has("-", at: index) else { return nil }
        return UInt16(code)
    }

    private static func status(in line: Span<UInt8>, behind code: UInt16, at start: Int, end: Int)
        -> EnhancedStatusCode?
    {
        var index = start + 4
        guard let status = line.enhancedStatus(at: &index), index <= end, UInt16(status.severity) == code / 100 else {
            return nil
        }
        return status
    }

    /// The stage by the frame's last words, which are cut off by moving `end`; `.unknown` if they are missing.
    private static func stage(in line: Span<UInt8>, from start: Int, end: inout Int) -> DeliveryStage {
        for (words, stage) in stages {
            let place = end - words.utf8CodeUnitCount
            if place >= start, line.has(words, at: place) {
                end = place
                return stage
            }
        }
        return .unknown
    }

    /// smtp_proto.c and smtp_sasl_proto.c: the commands that a reply may be attributed to.
    private static let stages: [(words: StaticString, stage: DeliveryStage)] = [
        (" (in reply to RCPT TO command)", .rcptTo),
        (" (in reply to MAIL FROM command)", .mailFrom),
        (" (in reply to end of DATA command)", .endOfData),
        (" (in reply to DATA command)", .data),
        (" (in reply to EHLO command)", .helo),
        (" (in reply to HELO command)", .helo),
        (" (in reply to LHLO command)", .helo),
        (" (in reply to STARTTLS command)", .unknown),
        (" (in reply to AUTH command)", .unknown),
    ]
}
