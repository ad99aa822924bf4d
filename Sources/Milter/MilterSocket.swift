// SPDX-License-Identifier: Apache-2.0

/// The place where the MTA finds the milter.
public enum MilterSocket: Hashable, Sendable {
    /// A Unix socket.
    /// - Parameters:
    ///   - path: At most 106 bytes.
    ///   - mode: Who may connect: connecting takes write permission. It holds from the first moment on.
    case unix(path: String, mode: UInt32 = 0o660)
    /// A TCP port of a local address, for an MTA on a host or in a container of its own.
    ///
    /// Whoever can connect can end the process: libmilter 8.17.1 reads beyond its own array when it looks for a macro
    /// in a packet with a name and no value (smfi_getsymval, 2026-11). An MTA sends none such, but on a port every
    /// local user can; prefer a Unix socket.
    /// - Parameters:
    ///   - host: An IPv4 address, an IPv6 address without brackets, or a name; empty for every IPv4 address.
    ///   - port: 1…65535.
    case inet(host: String, port: UInt16)

    /// Reads libmilter's notation: `unix:/path` or `local:/path`, `inet:8891@127.0.0.1`, `inet6:8891@[::1]`;
    /// without `@` and host, all addresses.
    /// - Throws: ``MilterError/notASocketName(_:)``.
    public init(parsing text: String) throws(MilterError) {
        guard let colon = text.firstIndex(of: ":") else { throw .notASocketName(text) }
        let rest = text[text.index(after: colon)...]
        guard !rest.utf8.contains(0) else { throw .notASocketName(text) }
        switch text[..<colon] {
        case "unix", "local":
            guard !rest.isEmpty, rest.utf8.count <= Self.maximumPathLength else { throw .notASocketName(text) }
            self = .unix(path: String(rest))
        case "inet", "inet6":
            let parts = rest.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
            guard let port = parts.first.flatMap({ UInt16($0) }), port > 0 else { throw .notASocketName(text) }
            var host = parts.count > 1 ? parts[1] : (text.hasPrefix("inet6") ? "::" : "")
            guard parts.count == 1 || !host.isEmpty else { throw .notASocketName(text) }
            if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
            self = .inet(host: String(host), port: port)
        default:
            throw .notASocketName(text)
        }
    }

    /// The longest path of a Unix socket, in bytes.
    ///
    /// Source: listener.c, which needs a terminating NUL within the 108 bytes of `sun_path`.
    static let maximumPathLength = 106
}

extension MilterSocket: CustomStringConvertible {
    /// The socket in libmilter's notation.
    public var description: String {
        switch self {
        case .unix(let path, _): "unix:\(path)"
        case .inet("", let port): "inet:\(port)"
        case .inet(let host, let port) where host.utf8.contains(UInt8(ascii: ":")): "inet6:\(port)@[\(host)]"
        case .inet(let host, let port): "inet:\(port)@\(host)"
        }
    }
}
