// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

extension ReplyRule {
    /// Reads the rule that a section holds.
    /// - Returns: `nil` if a pattern does not compile, which the section then knows.
    convenience init?(_ section: Section, in file: String, with defaults: RuleFile.Defaults) {
        let name = section.required("name", .text, example: "gate", help: "The rule's name, unique among all rules.")
        let provider =
            section.optional("provider", .text, example: "gmail", help: "Whose wording it is.") ?? defaults.provider
        let sharers = section.value(
            "shared-with", .list(of: .text), default: defaults.sharers, help: "Providers whose hosts say it too.")
        let isSaidAnywhere = section.value(
            "anywhere", .flag, default: defaults.isSaidAnywhere,
            help: "Whether a host that is not the provider's may say it: software that customers run under their names."
        )
        let replyClass: ReplyClass = section.required(
            "class", .choice, example: .ipBlock, help: "What such a reply is about.")
        let scope: RefusalScope = section.value(
            "scope", .choice, default: replyClass.usualScope, help: "Whom it is about; the class has a usual one.")
        let grade: EvidenceGrade = section.value(
            "grade", .choice, default: replyClass.usualGrade,
            help: "What it tells about our address; the class has a usual one.")
        let isTenantWorded = section.value(
            "tenant-worded", .flag, default: false, help: "Whether a customer of the provider can word it.")
        let remedy = section.optional("remedy", .text, example: "spamhaus-address", help: "The remedy's name.")
        let codes = section.value(
            "codes", .replyCodes, default: ReplyCodes(), help: "SMTP codes of which the reply must have one.")
        let statuses = section.value(
            "status", .statusRanges, default: StatusRanges(), help: "Status codes of which the reply must have one.")
        let stages: [DeliveryStage] = section.value(
            "stages", .list(of: .choice), default: [],
            help: "Stages at one of which it must have come, if that is known.")
        let phrases = section.value(
            "phrases", .list(of: .phrase), default: [], help: "Texts of which the reply must hold one.")
        let unless = section.value(
            "unless", .list(of: .phrase), default: [], help: "Texts of which the reply must hold none.")
        let alternatives = section.value(
            "text", .patterns, default: [],
            help: "Regular expressions (PCRE2, without regard to case) of which one must match; {start} and {ip} help.")
        let tokenSources = section.value(
            "token", .patterns, default: defaults.tokens,
            help: "Patterns whose first group is the code that the reply names; the first that matches tells it.")
        let samples = section.tables("samples", inline: true, help: "Replies that prove the rule.") { Sample($0) }

        if phrases.isEmpty, alternatives.isEmpty, codes.isEmpty, statuses.isEmpty {
            section.complain("would claim every reply", advice: "give phrases, text, codes or status", at: "name")
        }
        if samples.isEmpty { section.complain("has no sample that proves it", at: "name") }
        let text: Pattern?
        let tokens: [Pattern]
        do {
            text = try alternatives.isEmpty ? nil : Pattern(PatternTemplate.expanded(alternatives))
        } catch {
            section.complain("does not compile: \(error.message) (at byte \(error.offset))", at: "text")
            return nil
        }
        do {
            tokens = try tokenSources.map { source throws(Pattern.Invalid) in try Pattern(source) }
        } catch {
            section.complain("does not compile: \(error.message) (at byte \(error.offset))", at: "token")
            return nil
        }
        self.init(
            name: name, file: file, provider: provider.map(Provider.init),
            sharers: Set(sharers.map(Provider.init)), isSaidAnywhere: isSaidAnywhere,
            replyClass: replyClass, scope: scope, grade: grade, isTenantWorded: isTenantWorded, remedy: remedy,
            codes: codes, statuses: statuses, stages: Set(stages), phrases: phrases, unless: unless, samples: samples,
            text: text, tokens: tokens)
    }
}

extension ReplyRule.Sample {
    /// Reads the sample that a section holds.
    init(_ section: Section) {
        let text = section.required("text", .text, example: "550 No such user", help: "The reply.")
        let code = section.optional(
            "code", .integer(in: 200...599), example: 550, help: "Its SMTP code, where the text does not show it.")
        let status = section.optional("status", .text, example: "5.1.1", help: "Its status code, likewise.")
        let stage: DeliveryStage = section.value("stage", .choice, default: .unknown, help: "When it came.")
        host = section.optional("host", .text, example: "mx.example.com", help: "The host that gave it.")
        source = section.required("source", .text, example: "RFC 3463", help: "Where it was published.")
        reply = SMTPReply(
            code: code.flatMap(UInt16.init(exactly:)), status: status.flatMap { EnhancedStatusCode($0) }, text: text,
            stage: stage)
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
    var usualGrade: EvidenceGrade {
        switch self {
        case .ipBlock, .ipThrottle, .reputation: .supporting
        case .domainBlock, .spamContent, .authentication, .dnsConfig, .recipientUnknown, .mailboxFull, .recipientPolicy,
            .greylist, .serverBusy, .network, .tls, .size, .relayDenied, .senderRejected, .other:
            .none
        }
    }
}
