// SPDX-License-Identifier: Apache-2.0

extension LimitRule {
    /// The limits of a site that states none.
    ///
    /// A person's login rarely writes to a hundred people within minutes; a stolen one does at once. A contact form writes
    /// less. Accounts of the system are only watched: their mail is the operator's own. Trusted hosts, list managers and
    /// forwarders have no number that fits all: `Baseline` compares each with itself. Mail whose user could not be learnt
    /// counts together, whosever it is, and gets what one busy site would need.
    public static let defaults: [LimitRule] = [
        LimitRule(
            name: "login", subject: .senders(.login),
            rates: [
                Rate(limit: 150, window: .minutes(10)), Rate(limit: 300, window: .hours(1)),
                Rate(limit: 1000, window: .hours(24)),
            ], over: .hold),
        LimitRule(
            name: "web", subject: .senders(.webUser),
            rates: [
                Rate(limit: 30, window: .minutes(10)), Rate(limit: 100, window: .hours(1)),
                Rate(limit: 500, window: .hours(24)),
            ], over: .hold),
        LimitRule(
            name: "local:unknown", subject: .senders(.unknownLocal),
            rates: [Rate(limit: 100, window: .hours(1)), Rate(limit: 500, window: .hours(24))], over: .hold),
        LimitRule(
            name: "system", subject: .senders(.systemUser), rates: [Rate(limit: 200, window: .hours(1))], over: .observe
        ),
    ]
}
