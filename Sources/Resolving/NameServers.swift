// SPDX-License-Identifier: Apache-2.0

/// Whom a resolver asks.
public enum NameServers: Hashable, Sendable {
    /// The servers of a file such as /etc/resolv.conf, read anew when it changes; 127.0.0.1 where it is missing or names
    /// none, as resolv.conf(5) has it.
    case file(String)
    /// These servers: `192.0.2.53`, or with a port `127.0.0.1@5353`.
    case these([String])

    /// What the host's programs ask.
    public static let system = NameServers.file("/etc/resolv.conf")
}
