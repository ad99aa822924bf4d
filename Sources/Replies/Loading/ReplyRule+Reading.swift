// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension ReplyRule {
    /// Reads the rule that a table holds.
    /// - Returns: `nil` if anything that a rule needs is missing or wrong; the reader then knows the problems.
    convenience init?(reading reader: inout TOMLReader, in file: String, with defaults: RuleFile.Defaults) {
        let name = reader.requiredString("name")
        let provider = reader.string("provider") ?? defaults.provider
        let isSaidAnywhere = reader.bool("anywhere") ?? defaults.isSaidAnywhere
        let replyClass: ReplyClass? = reader.word("class")
        if replyClass == nil, !reader.has("class") { reader.complain(nil, "\"class\" is missing") }
        let scope: RefusalScope? = reader.word("scope")
        let grade: Grade? = reader.word("grade")
        let isTenantWorded = reader.bool("tenant-worded") ?? false
        let remedy = reader.string("remedy")
        let codes = Self.codes(&reader)
        let statuses = Self.statuses(&reader)
        let stages = Self.stages(&reader)
        let phrases = Self.phrases("phrases", &reader)
        let unless = Self.phrases("unless", &reader)
        let text = Self.pattern("text", reader.stringOrStrings("text"), &reader)
        let ownToken = reader.string("token")
        let token = Self.pattern(
            ownToken == nil ? nil : "token", (ownToken ?? defaults.token).map { [$0] } ?? [], &reader)
        let samples = Self.samples(&reader)
        reader.refuseUnknownKeys()
        if phrases.isEmpty, text == nil, codes.isEmpty, statuses.isEmpty {
            reader.complain(nil, "needs \"phrases\", \"text\", \"codes\" or \"status\": it would claim every reply")
        }
        if samples.isEmpty { reader.complain(nil, "needs a sample that proves it") }
        guard reader.problems.isEmpty, let name, let replyClass else { return nil }
        self.init(
            name: name, origin: Origin(file: file, line: reader.line), provider: provider.map(Provider.init),
            isSaidAnywhere: isSaidAnywhere, replyClass: replyClass, scope: scope ?? replyClass.usualScope,
            grade: grade ?? replyClass.usualGrade, isTenantWorded: isTenantWorded, remedy: remedy, codes: codes,
            statuses: statuses, stages: stages, phrases: phrases, unless: unless, samples: samples, text: text,
            token: token)
    }

    private static func codes(_ reader: inout TOMLReader) -> ReplyCodes {
        var codes = ReplyCodes()
        for text in reader.strings("codes") where !codes.insert(text) {
            reader.complain("codes", "\"\(text)\" is no SMTP code; write \"550\" or \"5xx\"")
        }
        return codes
    }

    private static func statuses(_ reader: inout TOMLReader) -> StatusRanges {
        var statuses = StatusRanges()
        for text in reader.strings("status") where !statuses.insert(text) {
            reader.complain("status", "\"\(text)\" is no status code; write \"5.7.1\" or \"5.7.606-649\"")
        }
        return statuses
    }

    private static func stages(_ reader: inout TOMLReader) -> Set<DeliveryStage> {
        var stages: Set<DeliveryStage> = []
        for text in reader.strings("stages") {
            if let stage = DeliveryStage(rawValue: text) {
                stages.insert(stage)
            } else {
                let words = DeliveryStage.allCases.map(\.rawValue)
                reader.complain("stages", "\"\(text)\" is no stage" + Spelling.suggestion(for: text, among: words))
            }
        }
        return stages
    }

    private static func phrases(_ key: String, _ reader: inout TOMLReader) -> [String] {
        let phrases = reader.strings(key)
        for phrase in phrases where phrase.isEmpty || phrase.utf8.contains(where: { $0 >= 0x41 && $0 <= 0x5A }) {
            reader.complain(key, "\"\(phrase)\": phrases are written in lower case and not empty")
        }
        return phrases
    }

    private static func pattern(_ key: String?, _ alternatives: [String], _ reader: inout TOMLReader) -> Pattern? {
        guard !alternatives.isEmpty else { return nil }
        do {
            return try Pattern(PatternTemplate.expanded(alternatives))
        } catch {
            reader.complain(key, "pattern does not compile: \(error.message) (at byte \(error.offset))")
            return nil
        }
    }

    private static func samples(_ reader: inout TOMLReader) -> [Sample] {
        var samples: [Sample] = []
        for var entry in reader.tables("samples", under: "rule.samples") {
            let text = entry.requiredString("text")
            let source = entry.requiredString("source")
            let host = entry.string("host")
            let code = entry.int("code")
            let status = entry.string("status").flatMap { EnhancedStatusCode($0) }
            let stage: DeliveryStage? = entry.word("stage")
            entry.refuseUnknownKeys()
            reader.take(entry.problems)
            guard let text, let source else { continue }
            let reply = SMTPReply(
                code: code.flatMap(UInt16.init(exactly:)), status: status, text: text, stage: stage ?? .unknown)
            samples.append(Sample(reply: reply, host: host, source: source))
        }
        return samples
    }
}

extension ReplyClass {
    /// Whom such a reply is about unless a rule says otherwise.
    var usualScope: RefusalScope {
        switch self {
        case .ipBlock, .ipThrottle, .dnsConfig, .reputation: .ourAddress
        case .domainBlock, .authentication, .senderRejected: .signingDomain
        case .recipientUnknown, .mailboxFull, .recipientPolicy, .greylist: .recipient
        case .spamContent, .serverBusy, .network, .tls, .size, .relayDenied, .other: .message
        }
    }

    /// What such a reply tells about our address unless a rule says otherwise.
    var usualGrade: Grade {
        switch self {
        case .ipBlock, .ipThrottle, .reputation: .supporting
        case .domainBlock, .spamContent, .authentication, .dnsConfig, .recipientUnknown, .mailboxFull, .recipientPolicy,
            .greylist, .serverBusy, .network, .tls, .size, .relayDenied, .senderRejected, .other:
            .none
        }
    }
}
