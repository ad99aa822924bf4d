// SPDX-License-Identifier: Apache-2.0

/// What a remote reply is about: one word of a closed list, so that a rule, a chart and an alert mean the same.
public enum ReplyClass: String, Hashable, Sendable, CaseIterable {
    /// Our address, network or host is on a block list, the receiver's own or a DNSBL, also where the reply is a 4xx.
    case ipBlock = "ip-block"
    /// A limit of rate, volume or connections that is put on our address.
    case ipThrottle = "ip-throttle"
    /// Our envelope, HELO, signing or URL domain is listed.
    case domainBlock = "domain-block"
    /// Bad reputation is named, but tied neither to an address block nor to a rate.
    case reputation
    /// This message's content was taken for spam, a virus or forbidden matter.
    case spamContent = "spam-content"
    /// SPF, DKIM, DMARC or their absence.
    case authentication
    /// PTR, HELO name or the sender domain's own DNS.
    case dnsConfig = "dns-config"
    /// The recipient cannot receive: unknown, disabled, inactive, refused at the directory's edge.
    case recipientUnknown = "recipient-unknown"
    /// The recipient's mailbox or quota is full.
    case mailboxFull = "mailbox-full"
    /// The recipient or their organisation refuses this sender, or limits what that recipient gets.
    case recipientPolicy = "recipient-policy"
    /// First contact is put off on purpose; a retry will do.
    case greylist
    /// The receiver has trouble of its own.
    case serverBusy = "server-busy"
    /// No connection, a lost one, a time-out, a failed DNS look-up.
    case network
    /// TLS was required, missing or broken.
    case tls
    /// The message is too large.
    case size
    /// The receiver does not relay for us.
    case relayDenied = "relay-denied"
    /// This envelope sender is refused as such.
    case senderRejected = "sender-rejected"
    /// Everything else: protocol errors, loops, unexplained policy.
    case other
}

/// Whom a refusal is about.
///
/// Only `ourAddress` may ever pause a provider.
public enum RefusalScope: String, Hashable, Sendable, CaseIterable {
    /// The address, network or host that we send from.
    case ourAddress = "our-address"
    /// The domain in our envelope, signature, HELO or links.
    case signingDomain = "signing-domain"
    /// This one message.
    case message
    /// This one recipient, or their organisation.
    case recipient
}
