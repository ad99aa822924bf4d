// SPDX-License-Identifier: Apache-2.0
public import Settings

/// The local status socket.
public struct StatusSettings: Hashable, Sendable {
    /// The socket file.
    public var socket: String
    /// The group that may read; the daemon's own where `nil`.
    public var group: String?
    /// The group that may also act; only root where `nil`.
    public var actionsGroup: String?
    /// A loopback address that shows the same for reading; none where `nil`.
    public var listen: LoopbackAddress?

    /// Reads `[status]`.
    public init(_ section: Section) {
        socket = section.value(
            "socket", .absolutePath, default: "/run/postern/status.sock",
            help: "Where the status service listens (HTTP on a Unix socket); its group may read. Needs a restart.")
        group = section.optional(
            "group", .text, example: "adm",
            help: "The group that may read there; without it, the daemon's own. The daemon's user must be a member. "
                + "Needs a restart.")
        actionsGroup = section.optional(
            "actions-group", .text, example: "postmaster",
            help: "The group whose members may also pause, resume, probe, free and reload; without it, root alone. "
                + "They must be able to open the socket, too.")
        listen = section.optional(
            "listen", .loopbackAddress, example: LoopbackAddress(host: "127.0.0.1", port: 8025),
            help:
                "A loopback address that shows the same to every user of this host, for reading only. Off unless it is "
                + "given: ssh -L 8025:/run/postern/status.sock reaches the socket as well. Needs a restart.")
    }
}
