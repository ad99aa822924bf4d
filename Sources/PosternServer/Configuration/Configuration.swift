// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// The whole configuration: values that cannot be wrong in themselves, keys read and proven.
public struct Configuration: Sendable {
    /// Where a package puts the file.
    public static let standardPath = "/etc/postern/postern.toml"

    /// How far each part goes.
    public var modes: Modes
    /// Where state is kept.
    public var store: StoreSettings
    /// The milter's socket.
    public var milter: MilterSettings
    /// The policy service, and where limits act.
    public var policy: PolicySettings
    /// The status socket.
    public var status: StatusSettings
    /// Who is trusted.
    public var senders: SenderSettings
    /// What is watched of senders beside their numbers.
    public var tripwires: TripwireSettings
    /// How messages are signed.
    public var signing: SigningSettings
    /// Where Postfix's log is read.
    public var mailLog: MailLogSettings
    /// Where the reply rules are, and they themselves.
    public var replies: RepliesSettings
    /// How a provider that lists us is paused, probed and reopened.
    public var listings: ListingsSettings
    /// Whom alerts reach.
    public var alerts: AlertSettings
    /// What `postern check` must know.
    public var check: CheckSettings
    /// The domains that we sign for.
    public var domains: [DomainSettings]
    /// The limits; those of the site, or what we think fits most sites.
    public var limits: [LimitRule]

    /// Reads the root table, and the reply rules if they are wanted.
    public init(_ root: Section, readsRules: Bool = true) {
        modes = root.table("modes", help: "How far each part goes.") { Modes($0) }
        let store = root.table("store", help: "Where state is kept.") { StoreSettings($0) }
        self.store = store
        milter = root.table("milter", help: "The socket for Postfix's milter client.") { MilterSettings($0) }
        policy = root.table("policy", help: "The policy service, where a site prefers it to the milter for limits.") {
            PolicySettings($0)
        }
        status = root.table("status", help: "The status socket.") { StatusSettings($0) }
        var senders = root.table("senders", help: "Who is accountable for what.") { SenderSettings($0) }
        senders.take(
            root.tables(
                "sender-class",
                help: "Senders of another class than their kind tells, such as a mailing list manager (class list)."
            ) { SenderSettings.readClass($0) })
        self.senders = senders
        tripwires = root.table("tripwires", help: "What is watched of senders beside their numbers.") {
            TripwireSettings($0)
        }
        let mailLog = root.table("mail-log", help: "Where Postfix's log is read.") { MailLogSettings($0) }
        self.mailLog = mailLog
        replies = root.table("replies", help: "How the replies of other servers are understood.") {
            RepliesSettings($0, areNeeded: readsRules && mailLog.source != .none)
        }
        var listings = root.table("listings", help: "Pausing a provider that lists us, probing and reopening it.") {
            ListingsSettings($0, store: store)
        }
        listings.take(
            root.tables("provider", help: "A provider of which the site wants something of its own.") {
                ProviderSettings($0)
            })
        let waits = root.tables(
            "maximum-wait",
            help: "Mail that is rather returned than delivered late by a listing. Without any, all waits."
        ) { MaximumWait($0) }
        listings.take(waits)
        self.listings = listings
        alerts = root.table("alerts", help: "Whom alerts reach, and how.") { AlertSettings($0) }
        check = root.table("check", help: "What postern check must know.") { CheckSettings($0) }
        let signing = root.table("signing", help: "How messages are signed.") { SigningSettings($0) }
        self.signing = signing
        domains = root.tables("domain", help: "A domain that we sign for.") {
            DomainSettings($0, signing: signing)
        }
        let limits = root.tables("limit", help: "A limit of senders. Without any, the limits of a common site hold.") {
            LimitSettings.read($0)
        }
        self.limits = limits.isEmpty ? LimitRule.defaults : limits
        Self.refuseRepeated(listings.providers.map(\.provider.name), of: "provider", in: root)
        Self.refuseRepeated(waits.map(\.mail), of: "maximum-wait", in: root)
        Self.refuseRepeated(limits.map(\.name), of: "limit", in: root)
        Self.refuseRepeated(domains.map(\.plan.name), of: "domain", in: root)
    }

    private static func refuseRepeated(_ names: [String], of table: String, in root: Section) {
        for (index, name) in names.enumerated() where names[..<index].contains(name) {
            root.complain(
                "\(quoted(name)) stands twice", advice: "give each \(table) one [[\(table)]] table", at: table)
        }
    }
}
