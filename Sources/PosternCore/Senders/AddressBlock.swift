// SPDX-License-Identifier: Apache-2.0

/// A network in CIDR form, such as `192.0.2.0/24`, or one address.
public struct AddressBlock: Hashable, Sendable {
    /// The lowest address of the block.
    public let address: ClientAddress
    /// How many leading bits are the network's: 0…32 for IPv4, 0…128 for IPv6.
    public let prefixLength: UInt8

    /// Reads `192.0.2.0/24`, `[2001:db8::]/32` or an address alone, as `mynetworks` of postconf(5) has them.
    ///
    /// Bits beyond the prefix must be zero, as Postfix wants it too: `192.0.2.7/24` may have been meant as one host.
    public init(parsing text: some StringProtocol) throws(AddressBlockError) {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let written = AddressText(Substring(first)) else {
            throw .notAnAddress(String(text))
        }
        let bits = written.address.bitWidth
        guard parts.count == 2 else {
            self.init(address: written.address, prefixLength: bits)
            return
        }
        let offset: UInt8 = written.isMapped ? 96 : 0
        guard parts[1].utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), let length = UInt8(parts[1]), length >= offset,
            length - offset <= bits
        else {
            throw .prefixLength(String(parts[1]), maximum: bits + offset)
        }
        let block = AddressBlock(address: written.address, prefixLength: length - offset)
        guard block.address == written.address else { throw .hostBits(String(text), network: block) }
        self = block
    }

    /// The block of `prefixLength` leading bits that `address` lies in; a length beyond the address is the address alone.
    public init(address: ClientAddress, prefixLength: UInt8) {
        self.prefixLength = min(prefixLength, address.bitWidth)
        self.address = address.masked(to: self.prefixLength)
    }

    /// Whether the block holds `client`.
    ///
    /// A block of one family holds nothing of the other.
    public func contains(_ client: ClientAddress) -> Bool {
        client.bitWidth == address.bitWidth && client.masked(to: prefixLength) == address
    }
}

extension AddressBlock: CustomStringConvertible {
    /// The block with its prefix length, `192.0.2.1/32` for one address.
    public var description: String { "\(address)/\(prefixLength)" }
}
