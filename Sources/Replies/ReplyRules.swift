// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// The reply rules in force: an immutable value, made anew when files change, read by any number of threads.
///
/// A reply that came lately, word for word, is answered from memory. Any other is read in three steps: one pass finds all
/// phrases of all rules; rules whose phrases, codes or stage do not fit are left out; the regular expressions of the rest are
/// tried in order. The first rule that matches decides.
public struct ReplyRules: Sendable {
    /// All rules in the order in which they are tried: a site's own first, then the shipped, by file name.
    public let rules: [ReplyRule]
    /// Which provider a host or a recipient's domain belongs to.
    public let providers: ProviderTable
    /// What to do, by key.
    public let remedies: [String: Remedy]
    /// What the checks found that does not keep the rules from being used, such as a rule that a site's own rule hides.
    public let notices: [Problem]

    private let scanner: PhraseScanner
    /// A bit for each rule that no phrase needs to claim.
    private let unclaimed: [UInt64]
    private let pool: ScratchPool

    /// Rules that have been read and judged good one by one.
    init(
        rules: [ReplyRule], providers: ProviderTable, remedies: [String: Remedy], notices: [Problem]
    ) throws(PhraseScanner.TooManyPhrases) {
        self.rules = rules
        self.providers = providers
        self.remedies = remedies
        self.notices = notices
        scanner = try PhraseScanner(rules: rules.map { ($0.phrases, $0.unless) })
        var unclaimed = [UInt64](repeating: 0, count: scanner.words)
        for (index, rule) in rules.enumerated() where rule.phrases.isEmpty {
            unclaimed[index / 64] |= 1 << UInt64(index % 64)
        }
        self.unclaimed = unclaimed
        pool = ScratchPool(words: scanner.words)
    }

    /// Reads a reply.
    /// - Parameters:
    ///   - reply: What was answered. Code and status are taken from its text where it does not carry them.
    ///   - host: The name of the host that answered, as the log's `relay=` has it; `nil` if it is not known: then the
    ///     wording alone is judged. Whoever acts upon a reading must give it.
    ///   - hostAddress: That host's address, which is never the one that the reply lists.
    /// - Returns: A reading of class `other` where no rule matches.
    public func reading(
        of reply: SMTPReply, from host: String? = nil, at hostAddress: ClientAddress? = nil
    ) -> ReplyReading {
        let question = RecentReadings.Question(reply: reply, host: host, hostAddress: hostAddress)
        let reading = pool.withScratch { scratch in
            guard let place = RecentReadings.place(of: question) else { return answer(question, with: scratch) }
            if let known = scratch.recent.reading(at: place, of: question) { return known }
            let reading = answer(question, with: scratch)
            scratch.recent.keep(reading, at: place, of: question)
            return reading
        }
        return reading
            ?? ReplyReading(ofUnknownReplyFrom: host.flatMap(providers.provider(ofHost:)), exhaustedRules: [])
    }

    private func answer(_ question: RecentReadings.Question, with scratch: MatchScratch) -> ReplyReading {
        let provider = question.host.flatMap(providers.provider(ofHost:))
        var exhausted: [String] = []
        guard let rule = firstMatch(of: question.reply, in: scratch, noting: &exhausted) else {
            return ReplyReading(ofUnknownReplyFrom: provider, exhaustedRules: exhausted)
        }
        let source = Source(isKnown: question.host != nil, provider: provider, address: question.hostAddress)
        return ReplyReading(of: rule, in: scratch, from: source, exhaustedRules: exhausted)
    }

    /// Where a reply came from.
    struct Source {
        /// Whether the host was named.
        let isKnown: Bool
        /// The host's provider.
        let provider: Provider?
        /// The host's address.
        let address: ClientAddress?
    }

    private func firstMatch(of reply: SMTPReply, in scratch: MatchScratch, noting exhausted: inout [String])
        -> ReplyRule?
    {
        let squeezed = SqueezedReply(reply.text, into: scratch)
        let code = reply.code ?? squeezed.code
        let status = squeezed.status ?? reply.status
        scanner.scan(scratch)
        for word in unclaimed.indices {
            var bits = (scratch.marks[word] | unclaimed[word]) & ~scratch.marks[scanner.words + word]
            while bits != 0 {
                let rule = rules[64 * word + bits.trailingZeroBitCount]
                bits &= bits - 1
                guard rule.admits(code: code, status: status, stage: reply.stage) else { continue }
                guard let text = rule.text else { return rule }
                switch text.match(in: scratch) {
                case .matched: return rule
                case .unmatched: continue
                case .exhausted: exhausted.append(rule.name)
                }
            }
        }
        return nil
    }
}

extension ReplyReading {
    /// The reading of a reply that no rule knows.
    init(ofUnknownReplyFrom provider: Provider?, exhaustedRules: [String]) {
        self.init(
            replyClass: .other, scope: .message, grade: .none, provider: provider, isWordedByItsHost: true,
            isTenantWorded: false, rule: nil, token: nil, listedAddress: nil, remedy: nil,
            exhaustedRules: exhaustedRules)
    }

    /// The reading of a reply by the rule whose pattern has just matched it in `scratch`.
    init(of rule: ReplyRule, in scratch: MatchScratch, from source: ReplyRules.Source, exhaustedRules: [String]) {
        let isBound = rule.provider != nil && !rule.isSaidAnywhere
        let isOfItsHost = source.provider.map { $0 == rule.provider || rule.sharers.contains($0) } ?? false
        // The groups of the rule's own pattern first: the token's pattern writes over them.
        let address = rule.scope == .ourAddress ? Self.address(by: rule, in: scratch, except: source.address) : nil
        self.init(
            replyClass: rule.replyClass, scope: rule.scope, grade: rule.grade,
            provider: source.provider ?? (source.isKnown && isBound ? nil : rule.provider),
            isWordedByItsHost: !source.isKnown || !isBound || isOfItsHost,
            isTenantWorded: rule.isTenantWorded, rule: rule.name, token: Self.token(by: rule, in: scratch),
            listedAddress: address, remedy: rule.remedy, exhaustedRules: exhaustedRules)
    }

    private static func address(
        by rule: ReplyRule, in scratch: MatchScratch, except excluded: ClientAddress?
    ) -> ClientAddress? {
        for number in rule.text?.addressGroups ?? [] {
            if let bytes = scratch.group(number), let address = AddressScanner.address(in: bytes) { return address }
        }
        return AddressScanner.first(
            in: UnsafeBufferPointer(start: scratch.text, count: scratch.count), except: excluded)
    }

    private static func token(by rule: ReplyRule, in scratch: MatchScratch) -> String? {
        for token in rule.tokens where token.match(in: scratch) == .matched {
            for number in 1..<10 {
                if let bytes = scratch.group(number), !bytes.isEmpty { return String(decoding: bytes, as: UTF8.self) }
            }
        }
        return nil
    }
}
