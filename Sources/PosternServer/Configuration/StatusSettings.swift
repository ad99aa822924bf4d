// SPDX-License-Identifier: Apache-2.0
public import Settings

/// The local status socket.
public struct StatusSettings: Hashable, Sendable {
    /// The socket file.
    public var socket: String

    /// Reads `[status]`.
    public init(_ section: Section) {
        socket = section.value(
            "socket", .absolutePath, default: "/run/postern/status.sock",
            help: "Where the status service listens (HTTP on a Unix socket); its group may read. Needs a restart.")
    }
}
