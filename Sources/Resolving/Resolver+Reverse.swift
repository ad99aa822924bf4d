// SPDX-License-Identifier: Apache-2.0
public import PosternCore

extension Resolver {
    /// The names of an address by its PTR records (RFC 1035 §3.5, RFC 3596 §2.5), sorted, at most 20.
    public func names(of address: ClientAddress) async -> Answer<[String]> {
        let zone =
            switch address {
            case .v4: "in-addr.arpa"
            case .v6: "ip6.arpa"
            }
        guard let name = QueryName(Blocklist.reversed(address) + zone) else { return .failed(.badName) }
        switch await ask(name, .ptr, until: .now + limit) {
        case .records(let records):
            let names = Set(records.prefix(20).compactMap { WireName.read($0[...]) }.filter { !$0.isEmpty })
            return names.isEmpty ? .failed(.malformed) : .found(names.sorted())
        case .noName, .noData: return .nothing
        case .failed(let failure): return .failed(failure)
        }
    }

    /// Whether a name leads to an address, by its A or AAAA records.
    public func leads(_ name: String, to address: ClientAddress) async -> Answer<Bool> {
        guard let name = QueryName(name) else { return .failed(.badName) }
        let (type, data): (RecordType, [UInt8]) =
            switch address {
            case .v4(let bits): (.a, Array(Self.bytes(of: UInt64(bits)).suffix(4)))
            case .v6(let high, let low): (.aaaa, Self.bytes(of: high) + Self.bytes(of: low))
            }
        switch await ask(name, type, until: .now + limit) {
        case .records(let records): return .found(records.contains(data))
        case .noName, .noData: return .found(false)
        case .failed(let failure): return .failed(failure)
        }
    }

    private static func bytes(of number: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) }
    }
}
