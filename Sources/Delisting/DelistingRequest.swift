// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies
public import StatusModel

/// A request to be taken off a provider's list: where to turn, what to write, and what to answer to a refusal.
///
/// Texts to be sent hold blanks in square brackets where only a person can know what belongs there. Nothing is ever sent.
public struct DelistingRequest: Codable, Hashable, Sendable {
    /// The provider.
    public var provider: String
    /// What people call it.
    public var title: String
    /// The provider's own code for the refusals, such as `S3150`.
    public var code: String?
    /// Why such refusals come.
    public var cause: String?
    /// What to do, in the order to do it.
    public var steps: [String]
    /// Where to turn, in this order; never empty where a refusal is known.
    public var places: [Place]
    /// What the first of the places asks for.
    public var asks: [String]
    /// How long it usually takes.
    public var usualTime: String?
    /// What to mend or fill in before anything is sent; empty where nothing is known to be amiss.
    public var gaps: [String]
    /// A line that says what it is about.
    public var subject: String
    /// The request.
    public var body: String
    /// The words of a refusal that comes by itself.
    public var denial: String?
    /// What to answer if the request is refused.
    public var followUp: String
    /// What to do if the answer is that nothing is blocked.
    public var ifNotListed: String?
    /// The sender that stands out, by its name: for the operator, it stands in no text.
    public var culprit: String?
    /// When a request was sent for this listing; `nil` if none is known of.
    public var requestedAt: Timestamp?

    /// Somewhere to turn.
    public struct Place: Codable, Hashable, Sendable {
        /// The page, or the address after `mailto:`.
        public var form: String
        /// When to turn there; `nil` for the first place.
        public var when: String?

        /// A place.
        public init(form: String, when: String? = nil) {
            self.form = form
            self.when = when
        }
    }

    /// The request that the facts call for.
    public init(_ facts: DelistingFacts) {
        let text = RequestText(facts)
        provider = facts.provider.name
        title = facts.title
        code = facts.code
        cause = facts.remedy?.cause
        steps = facts.remedy?.steps ?? []
        places = Self.places(facts)
        asks = facts.remedy?.asks ?? []
        usualTime = facts.remedy?.usualTime
        gaps = facts.gaps
        subject = text.subject
        body = text.body
        denial = facts.remedy?.denial
        followUp = text.followUp
        ifNotListed = facts.remedy?.ifNotListed
        culprit = facts.culprit?.sender
        requestedAt = facts.requestedAt.map(Timestamp.init)
    }

    private static func places(_ facts: DelistingFacts) -> [Place] {
        var places: [Place] = []
        if let form = facts.remedy?.form { places.append(Place(form: form)) }
        places += (facts.remedy?.next ?? []).map { Place(form: $0.form, when: $0.when) }
        let ours = Set(facts.signingDomains + [facts.recipientDomain].compactMap { $0 })
        for place in NamedPlaces.of(facts.last?.reply ?? "", except: ours)
        where !places.contains(where: { $0.form == place }) {
            places.append(Place(form: place, when: "The refusal itself names it."))
        }
        if places.isEmpty, let domain = facts.recipientDomain {
            places.append(
                Place(
                    form: "mailto:postmaster@\(domain)",
                    when:
                        "No form is known; who takes mail for a domain must take it for this address (RFC 5321 §4.5.1)."
                ))
        }
        return places
    }
}
