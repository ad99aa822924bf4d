// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

/// An address and port of this very host.
public struct LoopbackAddress: Hashable, Sendable, CustomStringConvertible {
    /// The address, without brackets.
    public var host: String
    /// The port.
    public var port: UInt16

    /// An address of its parts.
    public init(host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// Reads `127.0.0.1:8025` or `[::1]:8025`; `nil` if it is none, or not of this very host.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]), port > 0 else {
            return nil
        }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        guard let address = ClientAddress(parsing: String(host)), address.isLoopback else { return nil }
        self.init(host: String(host), port: port)
    }

    /// As it is written in a URL.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

extension Kind where Value == LoopbackAddress {
    static var loopbackAddress: Kind {
        .parsed("a loopback address and port such as \"127.0.0.1:8025\"") { text in
            LoopbackAddress(text).map { .value($0) }
                ?? .refused("\(quoted(text)) is no loopback address and port; write \"127.0.0.1:8025\"")
        } print: {
            $0.description
        }
    }
}
