// SPDX-License-Identifier: Apache-2.0

/// Something amiss that can be put right.
///
/// Its words may quote what a foreign name server said: whoever prints them makes them harmless first.
public struct Finding: Hashable, Sendable, Encodable {
    /// What kind of fault it is; its identifier does not change between versions.
    public var kind: FindingKind
    /// What it is about: a name in the DNS, an address, a parameter of Postfix, a file.
    public var subject: String
    /// What was seen, in one sentence.
    public var what: String
    /// What puts it right, where that can be said exactly.
    public var remedy: Remedy?

    /// The most characters of what was seen.
    public static let longestText = 300

    /// A finding; what is too long is cut.
    public init(_ kind: FindingKind, about subject: String, _ what: String, remedy: Remedy? = nil) {
        self.kind = kind
        self.subject = String(subject.prefix(DomainName.longest))
        self.what = what.count > Self.longestText ? what.prefix(Self.longestText) + "…" : what
        self.remedy = remedy
    }

    /// How grave it is.
    public var severity: Severity { kind.severity }

    /// How grave a finding is.
    public enum Severity: String, Hashable, Sendable, Codable {
        /// Worth doing; mail goes without.
        case advice
        /// Mail is refused because of it now or soon, or Postern does not do what its configuration says.
        case problem
    }

    /// The very line or command that puts it right.
    public enum Remedy: Hashable, Sendable {
        /// A record for the zone, as a zone file has it.
        case publish(String)
        /// A command for a shell.
        case run(String)
        /// What to do, in words.
        case act(String)
    }

    private enum CodingKeys: String, CodingKey {
        case kind, severity, subject, what, why, publish, run, act
    }

    /// `kind`, `severity`, `subject`, `what`, `why`, and one of `publish`, `run` and `act` or none.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(kind, forKey: .kind)
        try container.encode(severity, forKey: .severity)
        try container.encode(subject, forKey: .subject)
        try container.encode(what, forKey: .what)
        try container.encode(kind.why, forKey: .why)
        switch remedy {
        case .publish(let record): try container.encode(record, forKey: .publish)
        case .run(let command): try container.encode(command, forKey: .run)
        case .act(let words): try container.encode(words, forKey: .act)
        case nil: break
        }
    }
}
