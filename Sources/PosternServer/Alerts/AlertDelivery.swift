// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore

/// What became of one notice: for the ledger, for the log, and for whoever had a test sent.
public struct AlertDelivery: Codable, Hashable, Sendable {
    /// An address that was left out.
    public struct Skipped: Codable, Hashable, Sendable {
        /// The address.
        public var address: String
        /// Whose mail waits.
        public var provider: String
        /// The name of the configuration that led there.
        public var name: String
    }

    /// What it was: a code of ``AlertKind``, `summary` or `digest`.
    public var code: String
    /// Whom or what it was about.
    public var subject: String?
    /// One line.
    public var title: String
    /// The recipients that sendmail(1) took it for.
    public var mailed: [String] = []
    /// Whether nobody in alerts.mail could be reached.
    public var usedFallback = false
    /// Who was left out.
    public var skipped: [Skipped] = []
    /// The program that was run, and ended well.
    public var command: String?
    /// What went wrong or could not be found out, in words.
    public var troubles: [String] = []

    /// Whether it reached a mailbox or a command.
    public var isDelivered: Bool { !mailed.isEmpty || command != nil }

    init(_ report: AlertReport) {
        code = report.code
        subject = report.subject
        title = report.title
    }

    /// One line for the log.
    var sentence: String {
        var parts: [String] = []
        if !mailed.isEmpty {
            parts.append("mailed to \(mailed.joined(separator: ", "))\(usedFallback ? " (fallback)" : "")")
        }
        if let command { parts.append("told \(command)") }
        for skip in skipped { parts.append("not to \(skip.address), as \(skip.provider) takes no mail of ours now") }
        return (parts + troubles).joined(separator: "; ")
    }
}

extension AlertDelivery {
    /// As the ledger keeps it: JSON, cut so that it fits there.
    var detail: String {
        var short = self
        short.title = String(title.prefix(200))
        short.subject = subject.map { String($0.prefix(200)) }
        short.mailed = mailed.prefix(5).map { String($0.prefix(100)) }
        short.skipped = Array(skipped.prefix(5))
        short.troubles = troubles.prefix(3).map { String($0.prefix(200)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return (try? encoder.encode(short)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }
}
