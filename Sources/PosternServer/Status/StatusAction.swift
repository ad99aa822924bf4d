// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What somebody may order over the status socket.
enum StatusAction: Hashable, Sendable {
    /// Let nothing out to a provider, until a moment or until further notice.
    case pause(provider: String, until: Moment?)
    /// Let mail out to a provider again.
    case resume(provider: String)
    /// Probe a provider now.
    case probe(provider: String)
    /// A request to be taken off a provider's list was sent.
    case delistingRequested(provider: String)
    /// Let a held message go.
    case freeMessage(queueID: String)
    /// Let all held messages of a sender go.
    case freeSender(String)
    /// Read the configuration anew.
    case reload

    /// The word for it in the ledger.
    var name: String {
        switch self {
        case .pause: "pause"
        case .resume: "resume"
        case .probe: "probe"
        case .delistingRequested: "delisting-requested"
        case .freeMessage, .freeSender: "free"
        case .reload: "reload"
        }
    }

    /// What it is done to; `nil` where it is the daemon.
    var subject: String? {
        switch self {
        case .pause(let provider, _), .resume(let provider), .probe(let provider), .delistingRequested(let provider):
            provider
        case .freeMessage(let queueID): queueID
        case .freeSender(let sender): sender
        case .reload: nil
        }
    }
}
