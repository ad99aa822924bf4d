// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension Submission {
    /// The network that the client is in, as histories keep it: an IPv4 address by its /24, an IPv6 address by its /48.
    ///
    /// `nil` for mail of sendmail(1), and where Postfix knew no client.
    var network: String? {
        switch client {
        case .v4(let address)?: "\(ClientAddress.v4(address & 0xFFFF_FF00))/24"
        case .v6(let high, _)?: "\(ClientAddress.v6(high & 0xFFFF_FFFF_FFFF_0000, 0))/48"
        case nil: nil
        }
    }

    /// The script, or the envelope sender, that wrote a local user's message.
    var script: String? {
        switch subSender?.mark {
        case .script(let name)?: name
        case .envelopeSender(let address)?: address
        case nil: nil
        }
    }
}
