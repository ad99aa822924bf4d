// SPDX-License-Identifier: Apache-2.0

/// How a site tells who is accountable for a message: the one place where identity is decided.
///
/// The first of these that is known is the sender: the login, the local user, the address that forwards, the client in
/// the trusted networks. Neither the envelope nor the header is asked: those are the submitter's to choose.
public struct SenderPolicy: Sendable {
    /// The clients that may relay without a login: `mynetworks`.
    public var trustedNetworks = AddressSet()
    /// Values of `{daemon_name}` of services that take submissions only; who gets in there is accountable by address.
    public var submissionDaemons: Set<String> = []
    /// Values of `{daemon_name}` of services by which content filters hand mail back.
    public var reinjectionDaemons: Set<String> = []
    /// Users that run web sites.
    ///
    /// Comes before `systemUsers`; a user in neither is taken for one of these.
    /// Debian's www-data, Fedora's apache, and `nobody`.
    public var webUsers: UIDSet = [33...33, 48...48, 65534...65534]
    /// root and the accounts of services, by Debian Policy §9.2.2 those up to 999.
    public var systemUsers: UIDSet = [0...999]
    /// Users whose mail is sent on for others, such as the one under which Sieve redirects; their forwarding address is believed.
    public var forwardingUsers: UIDSet = []
    /// When two logins are one.
    public var folding = LoginFolding()
    /// Senders of another class than their kind tells, such as a mailing list manager.
    ///
    /// The first that matches counts.
    public var overrides: [(senders: SenderPattern, class: SenderClass)] = []
    /// What a domain, in lower case and without a final dot, is to this host.
    public var domainRole: @Sendable (String) -> DomainRole = { _ in .foreign }
    /// Whether recipients whose mail ends on this host count too.
    ///
    /// Off: what stays cannot harm the address we send from.
    public var countsHostedRecipients = false

    /// A policy that trusts nobody but local users and logins.
    public init() {}

    /// Who is accountable for a message, as far as is known before its recipients are.
    public func identity(of facts: SubmissionFacts) -> SenderIdentity {
        if !facts.login.isEmpty { return accountable(.login(folding.fold(facts.login))) }
        if facts.entrance == .postfix { return .exempt(.postfixNotice) }
        if reinjectionDaemons.contains(facts.daemonName) { return .exempt(.reinjected) }
        if let uid = facts.uid {
            if let address = facts.forwardingAddress, forwardingUsers.contains(uid) {
                return accountable(.forwarder(folding.fold(address)))
            }
            return accountable(.localUser(uid: uid))
        }
        // A program of this host has a user, learnt or not, so its null sender exempts nothing.
        guard case .smtp(let client) = facts.entrance, client?.isLoopback != true else {
            return accountable(.unknownLocalUser)
        }
        if let address = facts.forwardingAddress { return accountable(.forwarder(folding.fold(address))) }
        guard let client, trustedNetworks.contains(client) || submissionDaemons.contains(facts.daemonName) else {
            return .outsider
        }
        if facts.envelopeSenderIsNull { return .exempt(.nullSender) }
        return accountable(.client(client.accountable))
    }

    /// Who is accountable for a message in respect of one recipient.
    ///
    /// Postfix takes mail for a foreign domain only from whom it trusts, by a client certificate or an access table
    /// perhaps; who relays so without login answers by address.
    public func identity(of facts: SubmissionFacts, recipient: String) -> SenderIdentity {
        let identity = identity(of: facts)
        guard case .outsider = identity, case .smtp(let client?) = facts.entrance,
            !role(ofDomainIn: EnvelopeAddress(recipient)).isOurs
        else { return identity }
        return facts.envelopeSenderIsNull ? .exempt(.nullSender) : accountable(.client(client.accountable))
    }

    /// Whether a recipient of an accountable sender's mail counts.
    ///
    /// `postmaster@` and `abuse@` of our own domains never do: whoever is over the limit must still be able to ask why.
    /// The other recipients of the same message count all the same.
    public func counts(recipient: String) -> Bool {
        let address = EnvelopeAddress(recipient)
        let role = role(ofDomainIn: address)
        guard role.isOurs else { return true }
        if address.isRole { return false }
        // user%elsewhere@here is sent on to elsewhere (postconf(5), allow_percent_hack, swap_bangpath).
        return role != .hosted || countsHostedRecipients || address.isRouted
    }

    private func role(ofDomainIn address: EnvelopeAddress) -> DomainRole {
        // An address without domain is this host's: Postfix appends $myorigin.
        address.domain.map(domainRole) ?? .hosted
    }

    private func accountable(_ sender: Sender) -> SenderIdentity {
        .accountable(sender, senderClass(of: sender))
    }

    /// The class of a sender: by the overrides, else by its kind.
    public func senderClass(of sender: Sender) -> SenderClass {
        if let override = overrides.first(where: { $0.senders.matches(sender) }) { return override.class }
        switch sender {
        case .login: return .login
        case .localUser(let uid): return !webUsers.contains(uid) && systemUsers.contains(uid) ? .systemUser : .webUser
        case .unknownLocalUser: return .unknownLocal
        case .client: return .trustedHost
        case .forwarder: return .forwarder
        }
    }
}
