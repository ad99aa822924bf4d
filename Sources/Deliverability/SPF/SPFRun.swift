// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Resolving

/// One evaluation on its way, and what it has used of its limits.
struct SPFRun {
    /// An end at once, however deep in policies of others.
    struct Stop: Error {
        var result: SPFResult
        var reason: String
    }

    /// How one policy ended.
    struct Verdict {
        var result: SPFResult
        /// The term that decided.
        var term: String?
        /// The explanation of the policy that decided, and whose that is.
        var explanation: MacroText?
        var domain: String
    }

    /// The most terms that need the DNS (§4.6.4).
    static let mostLookups = 10
    /// The most of them that may find nothing (§4.6.4).
    static let mostVoidLookups = 2
    /// The most names of one `mx`, `ptr` or `%{p}` (§4.6.4).
    static let mostNames = 10

    let question: SPFQuestion
    let source: any RecordSource
    private(set) var lookups = 0
    private var voidLookups = 0

    init(_ question: SPFQuestion, _ source: any RecordSource) {
        self.question = question
        self.source = source
    }

    /// The result of one domain's policy (§4.3 to §4.7).
    mutating func check(_ name: String) async throws(Stop) -> Verdict {
        let domain = DomainName.bare(name)
        guard DomainName.isFullyQualified(domain), let record = try await policy(of: domain) else {
            return Verdict(result: .none, domain: domain)
        }
        for directive in record.directives where try await matches(directive.mechanism, in: domain) {
            return Verdict(
                result: directive.result, term: directive.text, explanation: record.explanation, domain: domain)
        }
        guard let redirect = record.redirect else { return Verdict(result: .neutral, domain: domain) }
        try count("redirect")
        let target = await expand(redirect, for: domain)
        let verdict = try await check(target)
        guard verdict.result != .none else {
            throw Stop(result: .permerror, reason: "redirect leads to \(target), which has no SPF record")
        }
        return verdict
    }

    /// The record of a domain; `nil` if it has none.
    private func policy(of domain: String) async throws(Stop) -> SPFRecord? {
        let texts: [[UInt8]]
        switch await source.texts(of: domain) {
        case .found(let found): texts = found.filter(SPFRecord.isRecord)
        case .noName, .noData: return nil
        case .failed(let failure): throw Stop(result: .temperror, reason: "TXT of \(domain): \(failure)")
        }
        guard let text = texts.first else { return nil }
        guard texts.count == 1 else {
            throw Stop(result: .permerror, reason: "\(domain) has \(texts.count) SPF records")
        }
        do throws(SPFSyntaxError) {
            return try SPFRecord(text)
        } catch {
            throw Stop(result: .permerror, reason: "the record of \(domain) cannot be read: \(error.complaint)")
        }
    }

    private mutating func matches(
        _ mechanism: SPFRecord.Mechanism, in domain: String
    ) async throws(Stop) -> Bool {
        switch mechanism {
        case .all: return true
        case .block(let block): return block.contains(question.client)
        case .include(let target): return try await includes(target, domain)
        case .exists(let target):
            try count("exists")
            guard let name = name(await expand(target, for: domain)) else { return false }
            return try found(await source.addresses(of: name, in: .v4), "A of \(name)").isEmpty == false
        case .addresses(let target, let prefix):
            try count("a")
            guard let name = name(await expand(target, for: domain)) else { return false }
            return covers(try found(await source.addresses(of: name, in: family), "address of \(name)"), prefix)
        case .exchangers(let target, let prefix):
            try count("mx")
            guard let name = name(await expand(target, for: domain)) else { return false }
            return try await exchangersCover(name, prefix)
        case .names(let target):
            try count("ptr")
            let name = await expand(target, for: domain)
            return await validatedNames().contains { DomainName.isSame($0, orBelow: name) }
        }
    }

    /// §5.2; a policy that ends in an error ends all.
    private mutating func includes(_ target: MacroText, _ domain: String) async throws(Stop) -> Bool {
        try count("include")
        let name = await expand(target, for: domain)
        switch try await check(name).result {
        case .pass: return true
        case .fail, .softfail, .neutral: return false
        case .none, .temperror, .permerror:
            throw Stop(result: .permerror, reason: "include:\(name) has no SPF record")
        }
    }

    /// §5.4; there is no falling back to the domain's own address.
    private mutating func exchangersCover(_ name: String, _ prefix: SPFRecord.DualPrefix) async throws(Stop) -> Bool {
        let exchangers = try found(await source.exchangers(of: name), "MX of \(name)")
        guard exchangers.count <= Self.mostNames else {
            throw Stop(result: .permerror, reason: "\(name) has more than \(Self.mostNames) mail exchangers")
        }
        for exchanger in exchangers.sorted(by: { ($0.preference, $0.host) < ($1.preference, $1.host) }) {
            guard let host = self.name(exchanger.host) else { continue }
            let addresses = try known(await source.addresses(of: host, in: family), "address of \(host)")
            if covers(addresses, prefix) { return true }
        }
        return false
    }

    private var family: AddressFamily {
        switch question.client {
        case .v4: .v4
        case .v6: .v6
        }
    }

    private func covers(_ addresses: [ClientAddress], _ prefix: SPFRecord.DualPrefix) -> Bool {
        addresses.contains {
            AddressBlock(address: $0, prefixLength: family == .v4 ? prefix.v4 : prefix.v6).contains(question.client)
        }
    }

    /// What a term looks up; one that finds nothing is counted.
    private mutating func found<Value>(_ answer: Records<Value>, _ what: String) throws(Stop) -> [Value] {
        let values = try known(answer, what)
        if values.isEmpty { voidLookups += 1 }
        guard voidLookups <= Self.mostVoidLookups else {
            throw Stop(
                result: .permerror, reason: "more than \(Self.mostVoidLookups) look-ups find nothing, the last: \(what)"
            )
        }
        return values
    }

    private func known<Value>(_ answer: Records<Value>, _ what: String) throws(Stop) -> [Value] {
        if case .failed(let failure) = answer { throw Stop(result: .temperror, reason: "\(what): \(failure)") }
        return answer.values ?? []
    }

    /// Counts a term that needs the DNS.
    private mutating func count(_ term: String) throws(Stop) {
        guard lookups < Self.mostLookups else {
            throw Stop(result: .permerror, reason: "it needs more than \(Self.mostLookups) look-ups")
        }
        lookups += 1
    }

    /// A name that can be asked for; where none can, there is nothing to be found.
    private func name(_ text: String) -> String? {
        let name = DomainName.bare(text)
        return DomainName.isPossible(name) ? name : nil
    }
}
