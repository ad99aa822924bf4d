// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What a receiver knows of a message when it asks for SPF (RFC 7208 §4.1).
public struct SPFQuestion: Hashable, Sendable {
    /// The client's address (`<ip>`).
    public var client: ClientAddress
    /// The name it says in HELO.
    public var helo: String
    /// The envelope sender; of an empty one, as notices have it, `postmaster` at the HELO name is judged (§2.4).
    public var sender: String
    /// Who asks, for the explanation's `%{r}`.
    public var receiver: String
    /// When, for the explanation's `%{t}`.
    public var moment: Moment

    /// A question.
    public init(
        client: ClientAddress, helo: String, sender: String, receiver: String = "unknown",
        moment: Moment = Moment(milliseconds: 0)
    ) {
        self.client = client
        self.helo = helo
        self.sender = sender
        self.receiver = receiver
        self.moment = moment
    }

    /// The local part, `postmaster` where there is none (§4.3).
    var localPart: String {
        guard let at = sender.lastIndex(of: "@"), at > sender.startIndex else { return "postmaster" }
        return String(sender[..<at])
    }

    /// The domain that is judged.
    var domain: String {
        if sender.isEmpty { return helo }
        guard let at = sender.lastIndex(of: "@") else { return sender }
        return String(sender[sender.index(after: at)...])
    }
}
