// SPDX-License-Identifier: Apache-2.0
internal import Hummingbird

/// Which names we answer to.
///
/// A web page elsewhere could have its own name resolve to a loopback address and then read what a forwarded port shows;
/// but the browser would still send that name. Names without a dot, and loopback addresses, no such page can have.
enum HostRule {
    /// - Throws: ``Refusal`` if the request is for another host, as the browser of a strange page would send it.
    static func check(_ request: Request) throws(Refusal) {
        guard let authority = request.head.authority, !isOurs(authority) else { return }
        throw Refusal(.misdirectedRequest, "this is not that host", advice: "ask for http://localhost")
    }

    /// Whether `authority`, a host and perhaps a port, may be meant for us.
    static func isOurs(_ authority: String) -> Bool {
        if authority.hasPrefix("[") { return authority == "[::1]" || authority.hasPrefix("[::1]:") }
        let host = authority.prefix { $0 != ":" }
        if host.hasPrefix("127.") { return host.allSatisfy { $0 == "." || ("0"..."9").contains($0) } }
        return !host.contains(".")
    }
}
