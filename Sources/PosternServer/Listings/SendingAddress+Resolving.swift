// SPDX-License-Identifier: Apache-2.0
public import Delisting
public import PosternCore
public import Resolving

extension SendingAddress {
    /// An address with what the DNS says of it.
    public init(_ address: ClientAddress, asking resolver: Resolver) async {
        self.init(address)
        switch await resolver.names(of: address) {
        case .nothing: reverse = .none
        case .failed: reverse = .unknown
        case .found(let names):
            for name in names.prefix(5) {
                guard case .found(true) = await resolver.leads(name, to: address) else { continue }
                reverse = .confirmed(name)
                return
            }
            reverse = names.first.map { .unconfirmed($0) } ?? .none
        }
    }
}
