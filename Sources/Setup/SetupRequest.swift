// SPDX-License-Identifier: Apache-2.0

/// What is to be wired into a Postfix.
public struct SetupRequest: Hashable, Sendable {
    /// The milter's socket as main.cf writes it; below the queue directory, so that chrooted services reach it too.
    public var milter = "unix:postern/milter"
    /// Whether the listings are to be able to act: routes, probes and the status filter.
    public var wiresListings = false
    /// The table of routes.
    public var routes = "sqlite:/etc/postern/routes.cf"
    /// The table by which a refusal for a listing is kept from bouncing.
    public var statusFilter = "pcre:/etc/postern/delivery-status.pcre"
    /// The service by which probes leave.
    public var probeTransport = "postern-probe"

    /// The usual request.
    public init() {}

    /// Names the milter's socket as main.cf does, from libmilter's notation.
    ///
    /// A path below the queue directory becomes relative to it: every service of Postfix runs there, and some see nothing
    /// else.
    public mutating func reach(_ socket: String, queueDirectory: String) {
        guard let colon = socket.firstIndex(of: ":") else { return }
        let rest = socket[socket.index(after: colon)...]
        switch socket[..<colon] {
        case "unix", "local":
            let inside = queueDirectory + "/"
            milter = "unix:\(rest.hasPrefix(inside) ? rest.dropFirst(inside.count) : rest)"
        case "inet", "inet6":
            let parts = rest.split(separator: "@", maxSplits: 1)
            milter = "inet:\(parts.count == 2 ? parts[1] : "localhost"):\(parts.first ?? "")"
        default: break
        }
    }

    /// Whether a chrooted service cannot reach the milter's socket.
    var isOutOfSight: Bool { milter.hasPrefix("unix:/") }
}
