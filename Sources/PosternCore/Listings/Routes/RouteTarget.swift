// SPDX-License-Identifier: Apache-2.0

/// Where Postfix takes a recipient: the right-hand side of transport(5).
public enum RouteTarget: Hashable, Sendable {
    /// Into the deferred queue, with this text, which begins with an enhanced status code of class 4.
    case retry(text: String)
    /// By this transport to the recipient domain's own MX hosts.
    case transport(String)
    /// By this transport to one host, without an MX look-up.
    case relay(transport: String, host: String, port: UInt16)
    /// As it would go without us: the default transport and relay host. Later tables are not asked.
    case usual
}

extension RouteTarget: CustomStringConvertible {
    /// The text that Postfix reads.
    public var description: String {
        switch self {
        case .retry(let text): "retry:\(RouteTarget.printable(text))"
        case .transport(let name): "\(RouteTarget.printable(name)):"
        case .relay(let name, let host, let port):
            "\(RouteTarget.printable(name)):[\(RouteTarget.printable(host))]:\(port)"
        case .usual: ":"
        }
    }

    /// Without control characters, which would end the value.
    private static func printable(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.lazy.filter { $0.value >= 0x20 && $0.value != 0x7F }))
    }
}
