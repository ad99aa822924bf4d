// SPDX-License-Identifier: Apache-2.0

/// What a host has beside Postfix that matters for a plan.
public struct HostFacts: Hashable, Sendable {
    /// Whether systemd's journal runs.
    public var hasJournal = false
    /// Whether there is /var/log/mail.log.
    public var hasMailLog = false
    /// Managers of mailing lists that are installed, by name.
    public var listManagers: [String] = []
    /// Addresses of this host that the world can reach, as far as its interfaces tell.
    public var publicAddresses: [String] = []

    /// A host of which nothing is known.
    public init() {}
}
