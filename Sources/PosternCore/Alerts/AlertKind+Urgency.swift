// SPDX-License-Identifier: Apache-2.0

/// How soon people must know.
public enum AlertUrgency: String, Hashable, Sendable, Codable {
    /// At any hour.
    case immediate
    /// Once a day, with all else.
    case digest
}

/// Of what kind a state is, whose changes are told: of one subject, each state ends the others of its topic.
enum AlertTopic: String, Hashable, Sendable, Codable {
    /// Whether a provider takes our mail.
    case listing
    /// Whether the mail log tells what happens.
    case sight
}

extension AlertKind {
    /// How soon people must know.
    public var urgency: AlertUrgency {
        switch self {
        case .listingSlowed, .listingOpened, .listingOpenedAgain, .probesUnanswered, .listingReopening,
            .listingClosed, .waitingLong, .expiryNear, .unclassifiedRefusals, .senderHeld, .tripwire, .logBlind,
            .logUnreadable, .logSeen, .authenticationRefused, .signingFailed, .configurationRefused, .ledgerTrouble,
            .routesTrouble, .checkFound, .test:
            .immediate
        case .listingCodeChanged, .probeRefused, .probeAccepted, .senderLimited, .logLinesDropped, .checkCleared:
            .digest
        }
    }

    /// The topic whose state this tells; `nil` for what is no state.
    var topic: AlertTopic? {
        switch self {
        case .listingSlowed, .listingOpened, .listingOpenedAgain, .probesUnanswered, .listingReopening,
            .listingClosed:
            .listing
        case .logBlind, .logUnreadable, .logSeen: .sight
        case .listingCodeChanged, .probeRefused, .probeAccepted, .waitingLong, .expiryNear, .unclassifiedRefusals,
            .senderLimited, .senderHeld, .tripwire, .logLinesDropped, .authenticationRefused, .signingFailed,
            .configurationRefused, .ledgerTrouble, .routesTrouble, .checkFound, .checkCleared, .test:
            nil
        }
    }

    /// How long it must be quiet about a subject before the same is told again; after ``longestSilence`` it is anyway.
    ///
    /// A state is quiet until another of its topic comes.
    var silence: Duration {
        switch self {
        case .waitingLong, .test: .zero
        case .configurationRefused: .minutes(10)
        default: topic == nil ? .hours(1) : Self.longestSilence
        }
    }

    /// The same about the same subject is told at least so often while it goes on.
    static let longestSilence = Duration.hours(24)
}
