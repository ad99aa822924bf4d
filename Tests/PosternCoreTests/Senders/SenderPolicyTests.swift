// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@Suite struct `Who is accountable` {
    private let policy: SenderPolicy
    private let client = ClientAddress.v4(0xC000_0201)
    private let outside = ClientAddress.v4(0x0808_0808)

    init() throws {
        var policy = SenderPolicy()
        policy.trustedNetworks = try AddressSet(parsing: ["127.0.0.0/8", "192.0.2.0/24", "2001:db8::/32"])
        policy.submissionDaemons = ["ORIGINATING"]
        policy.reinjectionDaemons = ["REINJECT"]
        policy.forwardingUsers = [5000...5000]
        policy.domainRole = { domain in
            switch domain {
            case "example.com": .hosted
            case "alias.example": .aliased
            case "relay.example": .relayed
            default: .foreign
            }
        }
        self.policy = policy
    }

    @Test func `is the login first, however the message came`() {
        for entrance in [SubmissionFacts.Entrance.sendmail, .smtp(client), .smtp(outside), .smtp(nil), .postfix] {
            let facts = SubmissionFacts(
                entrance: entrance, login: "Alice@example.com", uid: 33, daemonName: "REINJECT",
                envelopeSenderIsNull: true,
                forwardingAddress: "list@example.com")
            #expect(policy.identity(of: facts) == .accountable(.login("alice@example.com"), .login))
        }
    }

    @Test func `is somebody even if the login is nothing but blanks`() {
        #expect(policy.identity(of: SubmissionFacts(entrance: .smtp(outside), login: " ")).sender == .login(""))
    }

    @Test(arguments: [
        (UInt32(33), SenderClass.webUser), (48, .webUser), (65534, .webUser), (0, .systemUser), (999, .systemUser),
        (1000, .webUser), (.max, .webUser),
    ])
    func `is the local user, of the class of those that run web sites unless the system's`(
        uid: UInt32, senderClass: SenderClass
    ) {
        let facts = SubmissionFacts(entrance: .sendmail, uid: uid)
        #expect(policy.identity(of: facts) == .accountable(.localUser(uid: uid), senderClass))
    }

    @Test func `is the local user behind a connection within the host, and behind its public address`() {
        for address in [ClientAddress.v4(0x7F00_0001), .v6(0, 1), client, outside] {
            let facts = SubmissionFacts(entrance: .smtp(address), uid: 33)
            #expect(policy.identity(of: facts).sender == .localUser(uid: 33))
        }
    }

    @Test func `is an unknown local user where the user could not be learnt, null sender or not`() {
        for entrance in [SubmissionFacts.Entrance.sendmail, .smtp(.v4(0x7F00_0001)), .smtp(.v6(0, 1))] {
            for isNull in [false, true] {
                let facts = SubmissionFacts(entrance: entrance, envelopeSenderIsNull: isNull)
                #expect(policy.identity(of: facts) == .accountable(.unknownLocalUser, .unknownLocal))
            }
        }
    }

    @Test func `is a trusted client by its address, in IPv6 by its network`() throws {
        #expect(
            policy.identity(of: SubmissionFacts(entrance: .smtp(client))) == .accountable(.client(client), .trustedHost)
        )
        let other = try #require(ClientAddress(parsing: "2001:db8:0:1::25"))
        #expect(
            policy.identity(of: SubmissionFacts(entrance: .smtp(other))).sender
                == .client(try #require(ClientAddress(parsing: "2001:db8:0:1::"))))
    }

    @Test func `is whoever got into a service that takes submissions only`() {
        let facts = SubmissionFacts(entrance: .smtp(outside), daemonName: "ORIGINATING")
        #expect(policy.identity(of: facts) == .accountable(.client(outside), .trustedHost))
    }

    @Test(arguments: ["a@example.com", "a@alias.example", "a@relay.example", "a@EXAMPLE.com.", "postmaster"])
    func `is nobody here for mail from outside to a domain of ours`(recipient: String) {
        let facts = SubmissionFacts(entrance: .smtp(outside))
        #expect(policy.identity(of: facts) == .outsider)
        #expect(policy.identity(of: facts, recipient: recipient) == .outsider)
    }

    @Test func `is the client from outside that Postfix lets relay without a login`() {
        let facts = SubmissionFacts(entrance: .smtp(outside))
        #expect(policy.identity(of: facts, recipient: "a@gmail.com") == .accountable(.client(outside), .trustedHost))
        #expect(policy.identity(of: SubmissionFacts(entrance: .smtp(nil)), recipient: "a@gmail.com") == .outsider)
    }

    @Test func `is the address that forwards, for mail from outside and for the user that forwards`() {
        let outsider = SubmissionFacts(entrance: .smtp(outside), forwardingAddress: "Team@example.com")
        #expect(policy.identity(of: outsider) == .accountable(.forwarder("team@example.com"), .forwarder))
        let sieve = SubmissionFacts(entrance: .sendmail, uid: 5000, forwardingAddress: "team@example.com")
        #expect(policy.identity(of: sieve).sender == .forwarder("team@example.com"))
    }

    @Test func `is not put on a forwarding address by any other local user`() {
        let facts = SubmissionFacts(entrance: .sendmail, uid: 33, forwardingAddress: "team@example.com")
        #expect(policy.identity(of: facts).sender == .localUser(uid: 33))
    }

    @Test func `is nobody for Postfix's own notices and for what a content filter hands back`() {
        #expect(policy.identity(of: SubmissionFacts(entrance: .postfix)) == .exempt(.postfixNotice))
        let facts = SubmissionFacts(entrance: .smtp(.v4(0x7F00_0001)), uid: 110, daemonName: "REINJECT")
        #expect(policy.identity(of: facts) == .exempt(.reinjected))
    }

    @Test func `is nobody for a null sender only where there is neither login nor local user`() {
        #expect(
            policy.identity(of: SubmissionFacts(entrance: .smtp(client), envelopeSenderIsNull: true))
                == .exempt(.nullSender))
        #expect(
            policy.identity(of: SubmissionFacts(entrance: .sendmail, uid: 33, envelopeSenderIsNull: true)).sender
                == .localUser(uid: 33))
    }

    @Test func `is of another class where the site says so, by the first that says it`() throws {
        var policy = policy
        policy.overrides = [
            (try SenderPattern(parsing: "uid:38"), .listManager), (try SenderPattern(parsing: "news@*"), .listManager),
            (try SenderPattern(parsing: "news@example.com"), .login),
        ]
        #expect(policy.senderClass(of: .localUser(uid: 38)) == .listManager)
        #expect(policy.senderClass(of: .login("news@example.com")) == .listManager)
        #expect(policy.senderClass(of: .login("old-news@example.com")) == .login)
    }

    @Test(arguments: [
        ("postmaster@example.com", false), ("ABUSE@relay.example", false), ("<postmaster@alias.example>", false),
        ("\"postmaster\"@alias.example", false), ("postmaster", false), ("postmaster@gmail.com", true),
        ("postmaster+x@relay.example", true), ("abuse.me@alias.example", true), ("bob@alias.example", true),
        ("bob@relay.example", true), ("bob@example.com", false), ("bob%gmail.com@example.com", true),
        ("gmail.com!bob@example.com", true), ("\"bob@gmail.com\"@example.com", true), ("bob@gmail.com", true),
    ])
    func `has a recipient counted if its mail leaves the host and it is no address for complaints`(
        recipient: String, counts: Bool
    ) {
        #expect(policy.counts(recipient: recipient) == counts)
    }

    @Test func `has recipients on this host counted where the site wants it, but not those for complaints`() {
        var policy = policy
        policy.countsHostedRecipients = true
        #expect(policy.counts(recipient: "bob@example.com"))
        #expect(!policy.counts(recipient: "abuse@example.com"))
    }
}
