// SPDX-License-Identifier: Apache-2.0

/// Why a text is no network.
public enum AddressBlockError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What stands before the slash is no address.
    case notAnAddress(String)
    /// What stands after the slash is no length of this family.
    case prefixLength(String, maximum: UInt8)
    /// Bits beyond the prefix are set.
    case hostBits(String, network: AddressBlock)

    /// The reason, for the person who wrote the text.
    public var description: String {
        switch self {
        case .notAnAddress(let text): "\"\(text)\" is not an IPv4 or IPv6 address or network"
        case .prefixLength(let text, let maximum): "the prefix length \"/\(text)\" is not a number up to \(maximum)"
        case .hostBits(let text, let network): "\"\(text)\" has bits beyond its prefix; the network is \(network)"
        }
    }
}
