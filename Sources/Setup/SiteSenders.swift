// SPDX-License-Identifier: Apache-2.0
public import PosternCore
internal import PostfixTools

/// What main.cf says of whose mail is ours, for the configuration.
public struct SiteSenders: Hashable, Sendable {
    /// The clients whose mail is ours without a login.
    public private(set) var trustedNetworks: [AddressBlock] = []
    /// Domains whose mail ends here.
    public private(set) var hosted: [String] = []
    /// Domains whose mail goes on to hosts behind this one.
    public private(set) var relayed: [String] = []
    /// Domains whose addresses stand for others.
    public private(set) var aliased: [String] = []
    /// What main.cf says by tables, files or exceptions, which are not copied.
    public private(set) var leftOut: [String] = []

    /// Reads a site's lists: only what stands in them by itself.
    public init(_ site: PostfixSite) {
        for word in Self.words(site.values["mynetworks"]) {
            if let block = try? AddressBlock(parsing: word) {
                if !trustedNetworks.contains(block) { trustedNetworks.append(block) }
            } else {
                leftOut.append("mynetworks: \(word)")
            }
        }
        hosted = domains(of: ["mydestination", "virtual_mailbox_domains"], site)
        relayed = domains(of: ["relay_domains"], site).filter { !hosted.contains($0) }
        let others = hosted + relayed
        // virtual_alias_domains is by default what virtual_alias_maps has.
        aliased = domains(of: site.written["virtual_alias_domains"] == nil ? [] : ["virtual_alias_domains"], site)
            .filter { !others.contains($0) }
    }

    /// The domains that a site writes mail as: where its users' mailboxes are, and what is added to bare names.
    ///
    /// The host's own name is one only where there is no other.
    public func signingDomains(of site: PostfixSite, origin: String) -> [String] {
        let host = site.values.hostName.lowercased()
        let candidates = ([origin.lowercased()] + hosted + aliased).filter { domain in
            domain.contains(".") && !domain.hasPrefix("localhost.") && domain != "localhost.localdomain"
        }
        var domains: [String] = []
        for domain in candidates where domain != host && !domains.contains(domain) { domains.append(domain) }
        if domains.isEmpty, candidates.contains(host) { return [host] }
        return domains
    }

    private mutating func domains(of parameters: [String], _ site: PostfixSite) -> [String] {
        var domains: [String] = []
        for parameter in parameters {
            for word in Self.words(site.values[parameter]) {
                let name = word.lowercased()
                // A name without a dot, as localhost, is no domain of the Internet: nobody is asked to send to it.
                if Self.isLocal(name) { continue }
                guard Self.isDomain(name) else {
                    leftOut.append("\(parameter): \(word)")
                    continue
                }
                if !domains.contains(name) { domains.append(name) }
            }
        }
        return domains
    }

    /// Whether it is a name of the DNS; a table, a file and an exception are not, nor is an address in brackets.
    private static func isDomain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= 253 && !name.hasPrefix(".") && !name.hasSuffix(".")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                    UInt8(ascii: "."):
                    true
                default: false
                }
            }
    }

    private static func isLocal(_ name: String) -> Bool {
        name.utf8.allSatisfy {
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0
        }
    }

    private static func words(_ text: String?) -> [String] {
        (text ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
    }
}
