// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// A host that was asked to take a message.
struct RelayPeer: Sendable {
    /// Its name.
    let host: String
    /// Its address; `nil` for a Unix socket.
    let address: ClientAddress?
    /// Its provider.
    let provider: Provider?

    /// Reads `mx.example.com[192.0.2.1`, as the log writes a host, without what closes it.
    init(_ text: Span<UInt8>, providers: ProviderTable) {
        var bracket = 0
        while bracket < text.count, text[bracket] != UInt8(ascii: "[") { bracket += 1 }
        host = text.extracting(first: bracket).text
        let rest = text.extracting(droppingFirst: min(bracket + 1, text.count))
        address = ClientAddress(parsing: rest.text)
        provider = providers.provider(ofHost: host)
    }
}
