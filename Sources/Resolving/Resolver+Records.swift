// SPDX-License-Identifier: Apache-2.0
public import PosternCore

extension Resolver: RecordSource {
    /// TXT records, the strings of each joined.
    public func texts(of name: String) async -> Records<[UInt8]> {
        await records(of: name, .txt) { Self.text($0) }
    }

    /// A or AAAA records.
    public func addresses(of name: String, in family: AddressFamily) async -> Records<ClientAddress> {
        switch family {
        case .v4: await records(of: name, .a) { Self.address($0) }
        case .v6: await records(of: name, .aaaa) { Self.address($0) }
        }
    }

    /// MX records, the null MX (RFC 7505) as one with an empty host.
    public func exchangers(of name: String) async -> Records<MXRecord> {
        await records(of: name, .mx) { MXRecord($0) }
    }

    /// PTR records.
    public func pointers(of address: ClientAddress) async -> Records<String> {
        let zone =
            switch address {
            case .v4: "in-addr.arpa"
            case .v6: "ip6.arpa"
            }
        return await records(of: Blocklist.reversed(address) + zone, .ptr) { data in
            WireName.read(data[...]).flatMap { $0.isEmpty ? nil : $0 }
        }
    }

    /// Asks, and reads each record; those that cannot be read are left out unless none can.
    private func records<Value: Sendable>(
        of name: String, _ type: RecordType, read: ([UInt8]) -> Value?
    ) async -> Records<Value> {
        switch await ask(name, type) {
        case .records(let records):
            let values = records.compactMap(read)
            return values.isEmpty ? .failed(.malformed) : .found(values)
        case .noData: return .noData
        case .noName: return .noName
        case .failed(let failure): return .failed(failure)
        }
    }

    /// The strings of a TXT record joined; `nil` if one is cut (RFC 1035 §3.3.14).
    static func text(_ data: [UInt8]) -> [UInt8]? {
        var rest = data[...]
        var text: [UInt8] = []
        while let length = rest.popFirst() {
            guard rest.count >= Int(length) else { return nil }
            text += rest.prefix(Int(length))
            rest = rest.dropFirst(Int(length))
        }
        return text
    }
}
