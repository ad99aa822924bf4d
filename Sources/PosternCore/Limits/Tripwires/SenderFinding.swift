// SPDX-License-Identifier: Apache-2.0

/// What a tripwire found odd about a sender; each wire says when it tells so again.
public enum SenderFinding: Hashable, Sendable {
    /// Of so many recipients whose outcome is known, so many were refused.
    case failureShare(failed: UInt32, outcomes: UInt32)
    /// One login came from so many networks within the time.
    case manyOrigins(networks: Int, within: Duration)
    /// So many recipients in the current hour, where the sender's busiest hours have so many.
    case aboveBaseline(recipients: UInt32, usual: UInt32)
    /// So many recipients today to whom the sender never wrote before.
    case firstTimeRecipients(UInt32)

    /// Whether the finding is sure enough to stop mail by; the others only alert.
    public var acts: Bool {
        switch self {
        case .failureShare, .manyOrigins: true
        case .aboveBaseline, .firstTimeRecipients: false
        }
    }
}
