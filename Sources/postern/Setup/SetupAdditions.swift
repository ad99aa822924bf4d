// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore
internal import PosternServer
internal import Settings
internal import Setup

/// What setup adds to the configuration: domains with keys, the log, and what main.cf says of networks and domains.
struct SetupAdditions {
    private let path: String
    private let text: String
    private let draft: ConfigurationDraft
    private let log: LogChoice
    private let senders: SiteSenders
    private let domains: [String]

    private static let start = """
        # Postern's configuration. Every key with its default and meaning: postern config sample

        [modes]
        signing = "enforce"
        limits = "observe"
        listings = "observe"

        """

    init(to path: String, _ present: Configuration?, _ site: PostfixSite, _ wanted: [String]) {
        self.path = path
        let bytes = (try? SafeFile(path).contents()) ?? nil
        text = bytes.map { String(decoding: $0, as: UTF8.self) } ?? Self.start
        log = LogChoice(for: site)
        senders = SiteSenders(site)
        var draft = ConfigurationDraft(text)
        draft.add(log)
        draft.add(senders)
        self.draft = draft
        let known = Set((present?.domains ?? []).map(\.plan.name))
        // A file with domains was written by somebody who chose them.
        let found = known.isEmpty ? senders.signingDomains(of: site, origin: PostfixSurvey.origin(of: site)) : []
        domains = (wanted.isEmpty ? found : wanted).filter { !known.contains($0) }
    }

    var isEmpty: Bool { draft.text == text && domains.isEmpty }

    /// Says what would be added.
    func show() {
        guard !isEmpty else { return }
        print(Terminal.styled("\(path)", .bold))
        for line in draft.text.dropFirst(text.count).split(separator: "\n") {
            print("+" + Terminal.harmless(String(line)))
        }
        for domain in domains {
            print("+[[domain]] \(Terminal.harmless(domain)), with an RSA and an Ed25519 key in \(SetupKeys.directory)")
        }
        if draft.text != text, draft.text.contains("[mail-log]"), !text.contains("[mail-log]") {
            print("mail log: \(log.source): \(log.advice)")
        }
        for left in senders.leftOut where !text.contains("[senders]") {
            print("left to you, [senders]: \(Terminal.harmless(left))")
        }
    }

    /// Makes the keys and writes the file, once it reads as the daemon would read it.
    /// - Returns: The DNS records to publish.
    func make(_ places: SetupPlaces) throws -> [String] {
        guard !isEmpty else { return [] }
        let now = try SafeFile(path).contents()
        guard now.map({ String(decoding: $0, as: UTF8.self) }) ?? Self.start == text else {
            throw SafeFile.Failure(text: "\(path) was changed meanwhile: run this again")
        }
        var keys = SetupKeys()
        var draft = draft
        for domain in domains { draft.add(try keys.domain(domain)) }
        let ownership = SafeFile.Ownership(user: 0, group: places.group, mode: 0o640)
        try SafeFile(path).replace(by: draft.text, ownership) {
            _ = try ConfigurationFile.value(of: $0, Configuration.loadWithoutRules)
        }
        return keys.records
    }
}
