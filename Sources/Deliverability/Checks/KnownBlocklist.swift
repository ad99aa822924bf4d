// SPDX-License-Identifier: Apache-2.0

/// Lists that receivers are known to ask, and where one asks for removal.
public enum KnownBlocklist {
    private static let removals = [
        "zen.spamhaus.org": "https://check.spamhaus.org/",
        "bl.spamcop.net": "https://www.spamcop.net/bl.shtml",
        "psbl.surriel.com": "https://psbl.org/",
        "bl.mailspike.net": "https://www.mailspike.org/iplookup.html",
        "b.barracudacentral.org": "https://www.barracudacentral.org/rbl/removal-request",
    ]

    /// Those that answer every resolver that asks little; Barracuda's answers only who has registered.
    public static let usual = ["zen.spamhaus.org", "bl.spamcop.net", "psbl.surriel.com", "bl.mailspike.net"]

    /// The page of a list; `nil` if it is not known here.
    static func removal(of zone: String) -> String? { removals[zone] }
}
