// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// Why a delivery is no evidence that a provider refuses or slows down our address.
public enum ListingDoubt: String, Hashable, Sendable, CaseIterable, Codable {
    /// The message was accepted, whatever the reply quotes.
    case accepted
    /// The status is neither `deferred` nor `bounced`: expired, or a probe of address verification.
    case otherStatus = "other-status"
    /// Our own pause put the message off.
    case ourPause = "our-pause"
    /// Postfix's own words, among them the repetition of an older failure.
    case ownWords = "own-words"
    /// Not written by smtp(8) or lmtp(8).
    case otherProgram = "other-program"
    /// The host that answered is no provider's.
    case foreignHost = "foreign-host"
    /// The host is one provider's and the wording another's.
    case foreignWording = "foreign-wording"
    /// The reply is about something other than our address.
    case otherScope = "other-scope"
    /// The reply may be about our address, but says too little.
    case vague

    /// The first reason that applies; `nil` if there is none.
    init?(about delivery: Delivery) {
        switch delivery.source {
        case .untrusted: self = .otherProgram
        case .ourPause: self = .ourPause
        case .postfix: self = .ownWords
        case .provider, .foreignHost:
            switch delivery.outcome {
            case .sent: self = .accepted
            case .expired, .deliverable, .undeliverable: self = .otherStatus
            case .deferred, .bounced, .softBounced:
                if delivery.source == .foreignHost {
                    self = .foreignHost
                } else if let doubt = ListingDoubt(reading: delivery.reading) {
                    self = doubt
                } else {
                    return nil
                }
            }
        }
    }

    private init?(reading: ReplyReading?) {
        guard let reading else {
            self = .ownWords
            return
        }
        if !reading.isWordedByItsHost {
            self = .foreignWording
        } else if reading.scope != .ourAddress {
            self = .otherScope
        } else if reading.grade == .none {
            self = .vague
        } else {
            return nil
        }
    }
}

extension ListingDoubt: CustomStringConvertible {
    /// The reason, for a postmaster.
    public var description: String {
        switch self {
        case .accepted: "the message was accepted"
        case .otherStatus: "the status is neither deferred nor bounced"
        case .ourPause: "it is our own pause"
        case .ownWords: "these are Postfix's own words"
        case .otherProgram: "Postfix's smtp or lmtp client did not write it"
        case .foreignHost: "the host that answered is no provider's"
        case .foreignWording: "the host is not of the provider that words it so"
        case .otherScope: "it is not about our address"
        case .vague: "it says too little about our address"
        }
    }
}
