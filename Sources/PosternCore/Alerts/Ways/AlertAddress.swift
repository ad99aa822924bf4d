// SPDX-License-Identifier: Apache-2.0

/// An address that a site named for alerts, and where its mail ends by the site's aliases.
public struct AlertAddress: Hashable, Sendable {
    /// As the site wrote it.
    public var name: String
    /// Where its mail ends: addresses of other hosts, and names of local mailboxes.
    public var ends: [End]
    /// What could not be found out, in words.
    public var doubts: [String]

    /// One place where mail ends.
    public struct End: Hashable, Sendable {
        /// The address, or the local name.
        public var address: String
        /// Who serves its domain; `nil` for a mailbox of this host, and where nobody known does.
        public var provider: Provider?
        /// Whether mail can be sent there without going through the name that led there.
        ///
        /// A program, a file or a list in aliases(5) cannot be addressed, nor can a mailbox whose own name is an alias.
        public var isAddressable: Bool

        /// An end of its parts.
        public init(_ address: String, provider: Provider? = nil, isAddressable: Bool = true) {
            self.address = address
            self.provider = provider
            self.isAddressable = isAddressable
        }
    }

    /// An address of its parts.
    public init(_ name: String, ends: [End], doubts: [String] = []) {
        self.name = name
        self.ends = ends
        self.doubts = doubts
    }
}
