// SPDX-License-Identifier: Apache-2.0

/// What one piece of news is a sign of.
enum ListingSign: Hashable, Sendable {
    /// The provider took a message.
    case accepted
    /// The provider talked about the recipient, not about us: its door is open, but nothing was accepted.
    case doorOpen
    /// The provider refused because of our address.
    case refused(ListingEvidence)
    /// Our own pause put the message off: a message waits.
    case waiting
    /// The attempt ended without a word about our address.
    case inconclusive
    /// It is no news about the provider at all.
    case nothing

    /// Judges by what the line is, never by what its text quotes: `status=sent` is no refusal whatever it says.
    init(_ news: DeliveryNews) {
        switch news.source {
        case .untrusted: self = .nothing
        case .ourPause: self = .waiting
        case .foreignHost, .postfix: self = .inconclusive
        case .provider:
            switch news.outcome {
            case .sent: self = .accepted
            case .deliverable: self = .doorOpen
            case .undeliverable, .expired: self = .inconclusive
            case .deferred, .bounced, .softBounced: self = ListingSign(news.evidence)
            }
        }
    }

    private init(_ evidence: ListingEvidence?) {
        guard let evidence else {
            self = .inconclusive
            return
        }
        switch evidence.replyClass {
        case .recipientUnknown, .mailboxFull, .recipientPolicy:
            self = .doorOpen
        case .ipBlock, .ipThrottle, .domainBlock, .reputation, .spamContent, .authentication, .dnsConfig, .greylist,
            .serverBusy, .network, .tls, .size, .relayDenied, .senderRejected, .other:
            let isAboutUs = evidence.scope == .ourAddress && evidence.isWordedByItsHost && evidence.grade != .none
            self = isAboutUs ? .refused(evidence) : .inconclusive
        }
    }
}
