// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// An address that our mail comes from, and what the DNS says of it.
public struct SendingAddress: Hashable, Sendable {
    /// The address.
    public var address: ClientAddress
    /// What its PTR record says.
    public var reverse: Reverse

    /// An address and what is known of it.
    public init(_ address: ClientAddress, reverse: Reverse = .unknown) {
        self.address = address
        self.reverse = reverse
    }

    /// What the PTR record of an address says.
    public enum Reverse: Hashable, Sendable {
        /// Nobody asked, or the DNS did not answer.
        case unknown
        /// There is no such record: many refuse such a host whatever else is right.
        case none
        /// It names this host, which leads back to the address.
        case confirmed(String)
        /// It names this host, which does not lead back to the address.
        case unconfirmed(String)
    }
}

extension SendingAddress.Reverse {
    /// The name, confirmed or not.
    public var name: String? {
        switch self {
        case .confirmed(let name), .unconfirmed(let name): name
        case .unknown, .none: nil
        }
    }
}
