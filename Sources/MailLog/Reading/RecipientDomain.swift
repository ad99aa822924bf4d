// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// Where a recipient receives mail.
struct RecipientDomain: Sendable {
    /// The domain in lower case, without a final dot; empty for an address without domain.
    let name: String
    /// The provider that it usually belongs to.
    let hint: Provider?

    /// Folds a domain and looks it up.
    init(_ domain: Span<UInt8>, providers: ProviderTable) {
        var bytes: [UInt8] = domain.withUnsafeBufferPointer { $0.map { 0x41...0x5A ~= $0 ? $0 | 0x20 : $0 } }
        if bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
        name = String(decoding: bytes, as: UTF8.self)
        hint = name.isEmpty ? nil : providers.hint(forRecipientDomain: name)
    }

    /// Where the domain of an address begins: behind its last `@`, as a domain holds none, whatever the local part quotes.
    static func start(in address: Span<UInt8>) -> Int {
        var index = address.count
        while index > 0, address[index - 1] != UInt8(ascii: "@") { index -= 1 }
        return index == 0 ? address.count : index
    }
}
