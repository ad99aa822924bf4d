// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A list of addresses that is asked by DNS (RFC 5782).
public struct Blocklist: Sendable {
    /// What a list says of an address.
    public enum Verdict: Hashable, Sendable {
        case listed
        case notListed
        /// The list cannot be asked from here, or could not just now; why, in words.
        case unknown(String)
    }

    /// The domain under which it is asked: `zen.spamhaus.org`.
    public let zone: String
    private let source: any RecordSource

    /// Spamhaus's combined list of addresses.
    public static let zen = "zen.spamhaus.org"

    /// A list, asked through a resolver.
    public init(_ zone: String, by source: any RecordSource) {
        self.zone = zone
        self.source = source
    }

    /// Asks for an address; first for the two test points that every list has (RFC 5782 §5).
    ///
    /// Spamhaus answers nothing or 127.255.255.x to those who ask through large public resolvers or too often: neither says
    /// a thing about the address. Other resolvers answer every name there is.
    public func verdict(on address: ClientAddress) async -> Verdict {
        for (point, expected) in [(ClientAddress.v4(0x7F00_0002), true), (.v4(0x7F00_0001), false)] {
            switch await ask(point) {
            case .found(expected): continue
            case .found(true): return .unknown("\(zone) lists every address, even its test point \(point)")
            case .found:
                return .unknown(
                    "\(zone) is gone or not to be asked from here: it does not list its test point \(point)")
            case .nothing: return .unknown("\(zone) cannot be asked through this host's resolver")
            case .failed(let failure): return .unknown("\(zone): \(failure)")
            }
        }
        switch await ask(address) {
        case .found(let isListed): return isListed ? .listed : .notListed
        case .nothing: return .unknown("\(zone) cannot be asked through this host's resolver")
        case .failed(let failure): return .unknown("\(zone): \(failure)")
        }
    }

    /// Whether an address is listed; `nothing` if what came is no answer of a list.
    private func ask(_ address: ClientAddress) async -> Answer<Bool> {
        switch await source.addresses(of: Self.reversed(address) + zone, in: .v4) {
        case .noName, .noData: .found(false)
        case .found(let codes): codes.allSatisfy(Self.isCode) ? .found(true) : .nothing
        case .failed(let failure): .failed(failure)
        }
    }

    /// 127.0.0.0/8 (RFC 5782 §2.1), but for 127.255.255.0/24, by which Spamhaus tells of errors.
    private static func isCode(_ address: ClientAddress) -> Bool {
        guard case .v4(let bits) = address else { return false }
        return bits >> 24 == 127 && bits >> 8 != 0x7FFFFF
    }

    /// The labels of an address (RFC 5782 §2.1 and §2.4), each with its dot.
    static func reversed(_ address: ClientAddress) -> String {
        switch address {
        case .v4(let bits):
            (0..<4).map { "\(bits >> (8 * $0) & 0xFF)." }.joined()
        case .v6(let high, let low):
            [low, high].flatMap { half in (0..<16).map { String(half >> (4 * $0) & 0xF, radix: 16) + "." } }.joined()
        }
    }
}
