// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// By which addresses this host reaches the Internet, as its routes have it; nothing is sent to learn that.
enum OwnAddresses {
    /// The kernel's choice for each family, where it has one.
    static func chosen(_ families: [AddressFamily]) -> [ClientAddress] {
        families.compactMap {
            switch $0 {
            // a.root-servers.net, which is not of anybody's own network.
            case .v4: source(towards: "198.41.0.4")
            case .v6: source(towards: "2001:503:ba3e::2:30")
            }
        }
    }

    /// The source address of a connected datagram socket (connect(2) on UDP only looks for a route).
    private static func source(towards host: String) -> ClientAddress? {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, "53", &hints, &found) == 0, let target = found else { return nil }
        defer { freeaddrinfo(target) }
        let descriptor = socket(target.pointee.ai_family, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard connect(descriptor, target.pointee.ai_addr, target.pointee.ai_addrlen) == 0 else { return nil }
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let isNamed = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                getsockname(descriptor, address, &length) == 0
                    && getnameinfo(address, length, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST) == 0
            }
        }
        guard isNamed else { return nil }
        return ClientAddress(
            parsing: String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}
