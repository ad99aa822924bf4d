// SPDX-License-Identifier: Apache-2.0

extension Sender {
    /// The sender's name as status, alerts and the ledger show it, and as `SenderPattern` reads it.
    public var name: String {
        switch self {
        case .login(let login): "login:\(login)"
        case .localUser(let uid): "uid:\(uid)"
        case .unknownLocalUser: "local:unknown"
        case .client(.v6(let high, let low)): "client:\(ClientAddress.v6(high, low))/64"
        case .client(.v4(let address)): "client:\(ClientAddress.v4(address))"
        case .forwarder(let address): "forwarder:\(address)"
        }
    }

    /// The domain that a login or a forwarding address belongs to, as it was folded; `nil` for all others.
    public var domain: String? {
        switch self {
        case .login(let name), .forwarder(let name): EnvelopeAddress(name).domain
        case .localUser, .unknownLocalUser, .client: nil
        }
    }
}
