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
}
