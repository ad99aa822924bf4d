// SPDX-License-Identifier: Apache-2.0

/// Something that people should know, as values.
///
/// Bounded in size, whatever it is made of. Texts may be worded by the other side; ``AlertWords`` makes them harmless.
public struct Alert: Hashable, Sendable, Codable {
    /// What it is.
    public var kind: AlertKind
    /// Whom or what it is about: a provider's name, a sender's, a signing domain, the source of the mail log.
    public var subject: String
    /// When it happened.
    public var moment: Moment
    /// Since when it holds, where that is longer.
    public var since: Moment?
    /// Whether Postern acts on it; where it only observes, mail goes on as if nothing were.
    public var isActedOn: Bool
    /// The words of the other side, such as a provider's reply.
    public var evidence: String?
    /// More that is known, in the order in which it shall be read.
    public var facts: [AlertFact]
    /// Who may have caused it, the most likely first.
    public var senders: [AlertSender]

    /// The most characters of evidence.
    public static let longestEvidence = 500
    /// The most facts.
    public static let mostFacts = 16
    /// The most senders.
    public static let mostSenders = 5

    /// An alert; what is too long or too many is cut.
    public init(
        _ kind: AlertKind, about subject: String, at moment: Moment, since: Moment? = nil, isActedOn: Bool = true,
        evidence: String? = nil, facts: [AlertFact] = [], senders: [AlertSender] = []
    ) {
        self.kind = kind
        self.subject = String(subject.prefix(AlertFact.longestText))
        self.moment = moment
        self.since = since
        self.isActedOn = isActedOn
        self.evidence = evidence.map { String($0.prefix(Self.longestEvidence)) }
        self.facts = Array(facts.prefix(Self.mostFacts))
        self.senders = Array(senders.prefix(Self.mostSenders))
    }
}
