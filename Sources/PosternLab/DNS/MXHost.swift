// SPDX-License-Identifier: Apache-2.0

/// A mail exchanger of the lab's little internet.
public struct MXHost: Hashable, Sendable {
    /// Its host name; the real one of the provider, so that log lines read as in life.
    public let name: String
    /// Its addresses, of 198.51.100.0/24, which RFC 5737 keeps for examples.
    public let addresses: [String]
    /// Whose it is, by Postern's identifier: `microsoft-consumer`, `gmail`, ….
    public let provider: String

    /// All there are.
    public static let all: [MXHost] = [
        .init("microsoft-consumer", "hotmail-com.olc.protection.outlook.com", 11, 12),
        .init("microsoft-consumer", "outlook-com.olc.protection.outlook.com", 13),
        .init("microsoft-consumer", "live-com.olc.protection.outlook.com", 14),
        .init("microsoft-365", "contoso-example.mail.protection.outlook.com", 21),
        .init("microsoft-365", "fabrikam-example.mail.protection.outlook.com", 22),
        .init("gmail", "gmail-smtp-in.l.google.com", 31),
        .init("gmail", "alt1.gmail-smtp-in.l.google.com", 32),
        .init("gmail", "aspmx.l.google.com", 33),
        .init("yahoo", "mta5.am0.yahoodns.net", 41),
        .init("yahoo", "mta6.am0.yahoodns.net", 42),
        .init("yahoo", "mx-aol.mail.gm0.yahoodns.net", 43),
        .init("gmx", "mx00.emig.gmx.net", 51),
        .init("gmx", "mx01.emig.gmx.net", 52),
        .init("gmx", "mx-ha02.web.de", 53),
        .init("apple", "mx01.mail.icloud.com", 61),
        .init("other", "mx.other.example", 71),
        .init("other", "mx.another.example", 72),
    ]

    private init(_ provider: String, _ name: String, _ lastParts: Int...) {
        self.provider = provider
        self.name = name
        self.addresses = lastParts.map { "198.51.100.\($0)" }
    }
}
