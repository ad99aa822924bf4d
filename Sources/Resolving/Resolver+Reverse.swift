// SPDX-License-Identifier: Apache-2.0
public import PosternCore

extension Resolver {
    /// The names of an address by its PTR records (RFC 1035 §3.5, RFC 3596 §2.5), sorted, at most 20.
    public func names(of address: ClientAddress) async -> Answer<[String]> {
        switch await pointers(of: address) {
        case .found(let names): .found(Set(names.prefix(20)).sorted())
        case .noName, .noData: .nothing
        case .failed(let failure): .failed(failure)
        }
    }

    /// Whether a name leads to an address, by its A or AAAA records.
    public func leads(_ name: String, to address: ClientAddress) async -> Answer<Bool> {
        let family: AddressFamily = if case .v4 = address { .v4 } else { .v6 }
        return switch await addresses(of: name, in: family) {
        case .found(let addresses): .found(addresses.contains(address))
        case .noName, .noData: .found(false)
        case .failed(let failure): .failed(failure)
        }
    }
}
