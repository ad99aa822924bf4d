// SPDX-License-Identifier: Apache-2.0

/// What a command gets as JSON on its standard input; codes and keys are stable.
public struct AlertReport: Hashable, Sendable, Codable {
    /// The version of this form; it grows only when a key changes its meaning or goes.
    public var version = 1
    /// What it is: a code of ``AlertKind``, `summary` or `digest`.
    public var code: String
    /// `immediate` or `digest`.
    public var urgency: AlertUrgency
    /// The host's name.
    public var host: String
    /// Whom or what it is about; `nil` for a summary or a digest.
    public var subject: String?
    /// One line.
    public var title: String
    /// When it happened (RFC 3339).
    public var time: String
    /// Since when it holds.
    public var since: String?
    /// Whether Postern acts, or only observes.
    public var acting: Bool?
    /// The words of the other side, without control characters.
    public var evidence: String?
    /// What is known, by the names of ``AlertFact``: numbers as such, times as RFC 3339.
    public var facts: [String: AlertValue] = [:]
    /// Who may have caused it.
    public var senders: [AlertSender] = []
    /// What can be done next.
    public var next: [AlertStep] = []
    /// What a summary or a digest tells of.
    public var alerts: [AlertReportLine] = []
    /// Alerts that a summary or a digest had no room for.
    public var unlisted = 0
    /// The whole letter, as mail would bring it.
    public var text: String
}

/// A text or a number.
public enum AlertValue: Hashable, Sendable, Codable {
    /// Text.
    case text(String)
    /// A number.
    case number(Int)

    /// Reads a number or a string.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    /// Writes a number or a string.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .text(let text): try container.encode(text)
        case .number(let number): try container.encode(number)
        }
    }
}

/// One kind of alert in a summary or a digest.
public struct AlertReportLine: Hashable, Sendable, Codable {
    /// A code of ``AlertKind``.
    public var code: String
    /// Whom or what it is about.
    public var subject: String
    /// One line.
    public var title: String
    /// How often it came.
    public var count: Int
    /// When it first happened.
    public var first: String
    /// When it last happened.
    public var last: String
}
