// SPDX-License-Identifier: Apache-2.0
internal import Milter
internal import PosternCore

/// Where the messages of one milter connection come from.
enum Origin: Hashable {
    /// sendmail(1): Postfix's cleanup says client port 0 for it.
    case sendmail
    /// An SMTP client; `nil` where Postfix knows no address.
    case smtp(ClientAddress?)

    init(_ peer: MilterPeer?) {
        switch peer {
        case .ipv4(_, port: 0), .ipv6(_, _, port: 0): self = .sendmail
        case .ipv4(let address, _): self = .smtp(.v4(address))
        case .ipv6(0, let low, _) where low >> 32 == 0xFFFF: self = .smtp(.v4(UInt32(truncatingIfNeeded: low)))
        case .ipv6(let high, let low, _): self = .smtp(.v6(high, low))
        case .unix, nil: self = .smtp(nil)
        }
    }
}
