// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

/// Where the messages of one milter connection come from.
enum Origin: Hashable {
    /// sendmail(1): Postfix's cleanup says client port 0 for it.
    case sendmail
    /// An SMTP client and its port; the address is `nil` where Postfix knows none.
    case smtp(ClientAddress?, port: UInt16 = 0)

    init(_ peer: MilterPeer?) {
        switch peer {
        case .ipv4(_, port: 0), .ipv6(_, _, port: 0): self = .sendmail
        case .ipv4(let address, let port): self = .smtp(.v4(address), port: port)
        case .ipv6(0, let low, let port) where low >> 32 == 0xFFFF:
            self = .smtp(.v4(UInt32(truncatingIfNeeded: low)), port: port)
        case .ipv6(let high, let low, let port): self = .smtp(.v6(high, low), port: port)
        case .unix, nil: self = .smtp(nil)
        }
    }
}
