// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What a class of refusals means for a postmaster, in a sentence.
enum RefusalMeaning {
    /// The sentence for a class by its word; the class `other` stands for words of another version.
    static func text(of word: String) -> String {
        text(of: ReplyClass(rawValue: word) ?? .other)
    }

    private static func text(of replyClass: ReplyClass) -> String {
        switch replyClass {
        case .ipBlock: "Our address is on a block list. More attempts make it worse; ask to be taken off."
        case .ipThrottle: "They take less from our address than we send. Sending more slowly ends it."
        case .domainBlock: "A domain of ours is listed: in the envelope, the signature or a link."
        case .reputation: "Our reputation is too low with them. Less unwanted mail and time mend it."
        case .spamContent: "They took this message's content for spam or a virus."
        case .authentication: "SPF, DKIM or DMARC did not pass. Look at the domain's records and keys."
        case .dnsConfig: "Our reverse DNS, HELO name or the sender's domain is not set up as they want it."
        case .recipientUnknown: "The recipient does not exist. Many of these point to an old list or a stolen login."
        case .mailboxFull: "The recipient's mailbox is full."
        case .recipientPolicy: "The recipient or their organisation does not take this mail."
        case .greylist: "They put off first contacts on purpose; a retry will do."
        case .serverBusy: "They have trouble of their own; a retry will do."
        case .network: "No connection could be made or kept."
        case .tls: "TLS was wanted and not had."
        case .size: "The message is too large for them."
        case .relayDenied: "They do not take mail for that domain."
        case .senderRejected: "They refuse this envelope sender."
        case .other: "No rule knows these words yet."
        }
    }
}
