// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Whoever can be asked for records: the DNS, or a table in a test.
///
/// Names are taken with or without a final dot, in any case.
public protocol RecordSource: Sendable {
    /// The TXT records of a name, the strings of each joined (RFC 1035 §3.3.14); the bytes are whatever their owner chose.
    func texts(of name: String) async -> Records<[UInt8]>

    /// The addresses of a name, of one family (A or AAAA).
    func addresses(of name: String, in family: AddressFamily) async -> Records<ClientAddress>

    /// The MX records of a name, in no order.
    func exchangers(of name: String) async -> Records<MXRecord>

    /// The names that an address is given (PTR), in lower case without a final dot; those that no host can have are left out.
    func pointers(of address: ClientAddress) async -> Records<String>
}

extension RecordSource {
    /// The addresses of a name, of both families; fails only if neither could be learnt.
    public func allAddresses(of name: String) async -> Records<ClientAddress> {
        let v4 = await addresses(of: name, in: .v4)
        let v6 = await addresses(of: name, in: .v6)
        let both = (v4.values ?? []) + (v6.values ?? [])
        if !both.isEmpty { return .found(both) }
        if case .failed = v4 { return v4 }
        return v6
    }
}
