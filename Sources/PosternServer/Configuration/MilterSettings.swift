// SPDX-License-Identifier: Apache-2.0
public import Milter
public import Settings

/// Where and how Postfix's milter client finds us.
public struct MilterSettings: Hashable, Sendable {
    /// The socket.
    public var socket: MilterSocket
    /// How long a stop waits for messages in flight.
    public var drain: Duration

    /// Reads `[milter]`.
    public init(_ section: Section) {
        socket = section.value(
            "socket", .milterSocket, default: .unix(path: "/var/spool/postfix/postern/milter"),
            help: "Where smtpd_milters and non_smtpd_milters point. A path below the queue directory is reached by "
                + "chrooted and other processes alike; write it as unix:postern/milter in main.cf. Needs a restart.")
        drain = section.value(
            "drain", .duration(in: .seconds(0)...(.seconds(8))), default: .seconds(5),
            help: "How long a stop waits for messages in flight; Postfix treats what is cut off by default_action.")
    }
}
