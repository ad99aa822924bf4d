// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A reply that a person has before them, found in what they pasted.
public struct PastedReply: Hashable, Sendable {
    /// In what it stood.
    public enum Form: String, Hashable, Sendable, CaseIterable {
        /// The reply alone, or in Postfix's frame `host … said: …`.
        case reply
        /// A line of the mail log.
        case logLine = "log-line"
        /// A delivery status notification (RFC 3464).
        case statusReport = "status-report"
    }

    /// In what it stood.
    public var form: Form
    /// The reply.
    public var reply: SMTPReply
    /// The host that gave it, where that is told.
    public var host: String?
    /// That host's address.
    public var hostAddress: ClientAddress?
    /// The recipient, where that is told.
    public var recipient: String?

    /// A reply as it was found.
    public init(
        form: Form = .reply, reply: SMTPReply, host: String? = nil, hostAddress: ClientAddress? = nil,
        recipient: String? = nil
    ) {
        self.form = form
        self.reply = reply
        self.host = host
        self.hostAddress = hostAddress
        self.recipient = recipient
    }

    /// More of a pasted text is not looked at, in bytes.
    public static let longestText = 1 << 20
    /// So many replies are found in one text, at most.
    public static let maximumCount = 1000

    /// Finds the replies in what a person pasted: a notification, lines of the log, or else the whole text as one reply.
    /// - Returns: At least one reply, unless the text is blank.
    public static func found(in text: String) -> [PastedReply] {
        let lines = lines(of: text)
        let reports = StatusReport.replies(in: lines)
        if !reports.isEmpty { return reports }
        let logged = lines.compactMap(LoggedReply.init).prefix(maximumCount).map(\.pasted)
        if !logged.isEmpty { return Array(logged) }
        let whole = lines.map { $0.trimmed }.filter { !$0.isEmpty }.joined(separator: " ")
        return whole.isEmpty ? [] : [FramedReply(whole[...]).pasted(as: .reply)]
    }

    private static func lines(of text: String) -> [Substring] {
        var bounded = Substring(text)
        if text.utf8.count > longestText {
            bounded = Substring(decoding: text.utf8.prefix(longestText), as: UTF8.self)
        }
        return bounded.split(omittingEmptySubsequences: false) { $0.isNewline }
    }
}

extension Substring {
    /// Without blanks and tabs at either end.
    var trimmed: Substring {
        var rest = drop { $0 == " " || $0 == "\t" }
        while rest.last == " " || rest.last == "\t" { rest.removeLast() }
        return rest
    }
}
