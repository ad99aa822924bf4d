// SPDX-License-Identifier: Apache-2.0

extension ClientAddress {
    /// Reads an address as Postfix writes it, without asking a resolver.
    ///
    /// Taken are `192.0.2.1`, `2001:db8::1`, the `IPv6:` prefix of RFC 5321 §4.1.3 that XFORWARD and address literals
    /// carry, brackets around any of them, and a zone after `%`, which is dropped: the host alone knows what it means.
    /// An IPv4-mapped IPv6 address is the IPv4 address: a socket that serves both families shows the same client so.
    /// - Returns: `nil` if the text is no address, as for the `unknown` that Postfix writes where it knows none.
    public init?(parsing text: some StringProtocol) {
        guard let address = AddressText(Substring(text))?.address else { return nil }
        self = address
    }

    /// The address that is accountable: IPv4 itself, IPv6 by its /64, which is what one customer is given at least.
    public var accountable: ClientAddress {
        switch self {
        case .v4: self
        case .v6(let high, _): .v6(high, 0)
        }
    }

    /// Whether a process of this host is at the other end: 127.0.0.0/8 or ::1.
    public var isLoopback: Bool {
        switch self {
        case .v4(let address): address >> 24 == 127
        case .v6(let high, let low): high == 0 && low == 1
        }
    }
}

extension ClientAddress: CustomStringConvertible {
    /// The address as RFC 5952 wants it written: no leading zeros, lower case, the longest run of zeros as `::`.
    public var description: String {
        switch self {
        case .v4(let address):
            return "\(address >> 24).\(address >> 16 & 0xFF).\(address >> 8 & 0xFF).\(address & 0xFF)"
        case .v6(let high, let low):
            let groups = (0..<8).map { UInt16(truncatingIfNeeded: ($0 < 4 ? high : low) >> (48 - 16 * ($0 % 4))) }
            guard let run = Self.longestRunOfZeros(in: groups) else { return Self.joined(groups[...]) }
            return Self.joined(groups[..<run.lowerBound]) + "::" + Self.joined(groups[run.upperBound...])
        }
    }

    private static func joined(_ groups: ArraySlice<UInt16>) -> String {
        groups.map { String($0, radix: 16) }.joined(separator: ":")
    }

    /// The first of the longest runs of two or more zero groups (RFC 5952 §4.2).
    private static func longestRunOfZeros(in groups: [UInt16]) -> Range<Int>? {
        var longest = 0..<0
        var start = 0
        for (index, group) in groups.enumerated() {
            if group != 0 {
                start = index + 1
            } else if index + 1 - start > longest.count {
                longest = start..<index + 1
            }
        }
        return longest.count >= 2 ? longest : nil
    }
}
