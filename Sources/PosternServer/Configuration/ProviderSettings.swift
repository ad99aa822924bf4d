// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import Settings

/// What a site says of one provider.
public struct ProviderSettings: Hashable, Sendable {
    /// The provider, by its name in the reply rules.
    public var provider: Provider
    /// The wait before each probe in turn; empty for what its codes ask for.
    public var probeAfter: [Duration]
    /// How many messages a minute it usually gets; `nil` for what holds for all.
    public var usualRate: Int?
    /// What becomes of its mail while it lists us.
    public var whileListed: WhileListed
    /// How many messages a day may take the other way; what is over waits.
    public var relayDaily: Int

    /// What becomes of a provider's mail while it lists us.
    public enum WhileListed: Hashable, Sendable {
        /// It waits in Postfix's queue.
        case pause
        /// It goes another way.
        case divert(RouteTarget)
    }

    /// A provider of which the site wants nothing of its own.
    public init(_ provider: Provider) {
        self.provider = provider
        probeAfter = []
        whileListed = .pause
        relayDaily = 10_000
    }

    /// Reads one `[[provider]]`.
    public init(_ section: Section) {
        provider = Provider(
            section.required(
                "name", .text, example: "microsoft-consumer",
                help: "The provider, by its name in the reply rules: microsoft-consumer, microsoft-365, gmail, yahoo …")
        )
        probeAfter = section.value(
            "probe-after", .list(of: .duration(in: .seconds(1)...(.hours(24)))), default: [],
            help: "The wait before each probe in turn, the last repeated; left out, what the provider's codes ask for.")
        usualRate = section.optional(
            "usual-rate", .messagesPerMinute, example: 120,
            help: "How much it usually gets from this host.")
        whileListed = section.value(
            "while-listed", .whileListed, default: .pause,
            help:
                "What becomes of its mail while it lists us: pause (it waits in the queue), relay:[host]:port or "
                + "transport:NAME: (it goes that way, from another address).")
        relayDaily = section.value(
            "relay-daily", .integer(in: 1...10_000_000, unit: "messages"), default: 10_000,
            help: "How many messages a day may go the other way; what is over waits.")
    }
}

extension Kind where Value == ProviderSettings.WhileListed {
    static var whileListed: Kind {
        .parsed("\"pause\", \"relay:[host]:port\" or \"transport:NAME:\"") { text in
            if text == "pause" { return .value(.pause) }
            let refusal =
                "\(quoted(text)) is neither \"pause\" nor of the form \"relay:[host]:port\" or \"transport:NAME:\""
            if let name = text.dropping("transport:")?.dropping(suffix: ":"), isServiceName(name) {
                return .value(.divert(.transport(String(name))))
            }
            guard let rest = text.dropping("relay:["), let end = rest.firstIndex(of: "]") else {
                return .refused(refusal)
            }
            let host = rest[..<end]
            let port = rest[rest.index(after: end)...]
            guard isHost(host), port.first == ":", let number = UInt16(port.dropFirst()), number > 0 else {
                return .refused(refusal)
            }
            return .value(.divert(.relay(transport: "smtp", host: String(host), port: number)))
        } print: {
            switch $0 {
            case .pause: "pause"
            case .divert(.relay(_, let host, let port)): "relay:[\(host)]:\(port)"
            case .divert(let target): "transport:\(target)"
            }
        }
    }

    private static func isServiceName(_ name: Substring) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: ":") }
    }

    private static func isHost(_ name: Substring) -> Bool {
        !name.isEmpty && name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "[") }
    }
}

extension StringProtocol {
    fileprivate func dropping(_ prefix: String) -> SubSequence? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }

    fileprivate func dropping(suffix: String) -> SubSequence? {
        hasSuffix(suffix) ? dropLast(suffix.count) : nil
    }
}
