// SPDX-License-Identifier: Apache-2.0

/// A domain's DMARC policy (RFC 7489 §6.3).
struct DMARCRecord: Hashable {
    /// What receivers shall do with what fails: `none`, `quarantine` or `reject`.
    var policy: String
    /// The same for subdomains, where it says so.
    var subdomainPolicy: String?
    /// Whether a signature must be of the author's very domain (`adkim=s`).
    var isStrict: Bool
    /// Where reports go, by address.
    var reports: [String]

    /// Why a record is wrong.
    struct Fault: Error, Hashable {
        var complaint: String
    }

    /// Whether a TXT record is one of DMARC: it begins with `v=DMARC1`, blanks aside (§6.4).
    static func isRecord(_ text: [UInt8]) -> Bool {
        let start = String(decoding: text.prefix(32).filter { $0 != 0x20 && $0 != 0x09 }, as: UTF8.self)
        return start == "v=DMARC1" || start.hasPrefix("v=DMARC1;")
    }

    init(_ text: [UInt8]) throws(Fault) {
        guard let tags = TagList(text) else { throw Fault(complaint: "it is no list of tags between semicolons") }
        let policies = ["none", "quarantine", "reject"]
        guard let policy = tags["p"] else { throw Fault(complaint: "it has no policy (p=)") }
        guard tags.tags.dropFirst().first?.name == "p" else { throw Fault(complaint: "p= does not come second") }
        for (name, allowed) in [("p", policies), ("sp", policies), ("adkim", ["r", "s"]), ("aspf", ["r", "s"])] {
            guard let value = tags[name], !allowed.contains(value.lowercased()) else { continue }
            throw Fault(complaint: "\(name)=\(value) is none of \(allowed.joined(separator: ", "))")
        }
        if let share = tags["pct"] {
            guard let number = Int(share), 0...100 ~= number else {
                throw Fault(complaint: "pct=\(share) is not 0 to 100")
            }
        }
        var reports: [String] = []
        for name in ["rua", "ruf"] {
            let addresses = try Self.addresses(tags[name] ?? "", of: name)
            if name == "rua" { reports = addresses }
        }
        self.policy = policy.lowercased()
        subdomainPolicy = tags["sp"]?.lowercased()
        isStrict = tags["adkim"]?.lowercased() == "s"
        self.reports = reports
    }

    /// The addresses of a list of URIs, each perhaps with a limit of size after `!`.
    private static func addresses(_ value: String, of name: String) throws(Fault) -> [String] {
        var addresses: [String] = []
        for part in value.split(separator: ",").prefix(20) {
            let uri = part.filter { !$0.isWhitespace }
            guard uri.lowercased().hasPrefix("mailto:") else {
                throw Fault(complaint: "\(name)=\(uri) is no mailto: address")
            }
            let address = uri.dropFirst("mailto:".count).prefix { $0 != "!" }
            guard let at = address.lastIndex(of: "@"),
                DomainName.isFullyQualified(String(address[address.index(after: at)...]))
            else { throw Fault(complaint: "\(name)=\(uri) is no address") }
            addresses.append(String(address))
        }
        return addresses
    }
}
