// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// Who is accountable for what is submitted.
public struct SenderSettings: Sendable {
    /// How it is told who is accountable.
    public var policy = SenderPolicy()
    /// The most recipients that Postfix takes for one message.
    public var recipientLimit = 1000

    /// Reads `[senders]`.
    public init(_ section: Section) {
        let networks = section.value(
            "trusted-networks", .list(of: .addressBlock), default: AddressBlock.loopback,
            help: "The clients whose mail is ours without a login: what mynetworks is in main.cf.")
        policy.trustedNetworks = AddressSet(networks)
        let hosted = section.value(
            "hosted-domains", .list(of: .domainName), default: [],
            help:
                "The domains whose mail ends on this host: mydestination and virtual_mailbox_domains. Their recipients "
                + "do not count, for what stays cannot harm the address that we send from.")
        let relayed = section.value(
            "relayed-domains", .list(of: .domainName), default: [],
            help: "The domains whose mail goes on to hosts behind this one: relay_domains.")
        let aliased = section.value(
            "aliased-domains", .list(of: .domainName), default: [],
            help: "The domains whose addresses stand for others, here or elsewhere: virtual_alias_domains.")
        policy.domainRole = Self.roles(hosted: Set(hosted), relayed: Set(relayed), aliased: Set(aliased))
        readUsers(section)
        readDaemons(section)
        policy.folding.tagDelimiters = Set(
            section.value(
                "tag-delimiters", .list(of: .tagDelimiter), default: [],
                help: "The characters at which a tag begins in a login, such as \"+\", where the authenticator takes "
                    + "alice+shop@example.com for alice@example.com; without them each tag would be an account with "
                    + "limits of its own."))
        recipientLimit = section.value(
            "recipient-limit", .integer(in: 1...1_000_000, unit: "recipients"), default: 1000,
            help: "The most recipients that Postfix takes for one message: smtpd_recipient_limit in main.cf. A limit "
                + "that is smaller is pointed out, for a message that is held or refused whole can then never pass.")
    }

    private mutating func readUsers(_ section: Section) {
        policy.webUsers = UIDSet(
            section.value(
                "web-users", .list(of: .userRange), default: [33...33, 48...48, 65534...65534],
                help: "The users that run web sites, by number or range: what the whole world can reach. Comes before "
                    + "system-users; a user in neither is taken for one of these."))
        policy.systemUsers = UIDSet(
            section.value(
                "system-users", .list(of: .userRange), default: [0...999],
                help: "root and the accounts of services. What a content filter that is one of these hands back does "
                    + "not count a second time."))
        policy.forwardingUsers = UIDSet(
            section.value(
                "forwarding-users", .list(of: .userRange), default: [],
                help: "The users by which mail is sent on for others, such as the one under which Sieve redirects."))
    }

    private mutating func readDaemons(_ section: Section) {
        policy.submissionDaemons = Set(
            section.value(
                "submission-daemons", .list(of: .text), default: [],
                help:
                    "Services of master.cf that take submissions only, by their milter_macro_daemon_name; who gets in "
                    + "there without a login is accountable by address."))
        policy.reinjectionDaemons = Set(
            section.value(
                "reinjection-daemons", .list(of: .text), default: [],
                help:
                    "Services of master.cf by which content filters hand mail back, by their milter_macro_daemon_name. "
                    + "What comes there was counted when it first came: keep them from anybody else."))
    }

    /// Takes in what the site says of single senders, `[[sender-class]]`.
    mutating func take(_ classes: [(senders: SenderPattern, class: SenderClass)]) {
        policy.overrides = classes
    }

    /// Reads one `[[sender-class]]`.
    static func readClass(_ section: Section) -> (senders: SenderPattern, class: SenderClass) {
        let pattern = section.required(
            "senders", .senderPattern, example: .listUser,
            help:
                "One sender or a pattern, as a [[limit]] takes them: uid:38, client:192.0.2.0/24, *@lists.example.com.")
        let senderClass = section.required(
            "class", .choice, example: SenderClass.listManager,
            help: "What kind of sender they are; the first table that fits a sender counts.")
        return (pattern, senderClass)
    }

    private static func roles(
        hosted: Set<String>, relayed: Set<String>, aliased: Set<String>
    ) -> @Sendable (String) -> DomainRole {
        { domain in
            if hosted.contains(domain) { return .hosted }
            if relayed.contains(domain) { return .relayed }
            return aliased.contains(domain) ? .aliased : .foreign
        }
    }
}

extension SenderPattern {
    /// The user of Debian's mailing list managers.
    fileprivate static let listUser = SenderPattern(users: 38...38)
}
