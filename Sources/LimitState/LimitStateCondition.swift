// SPDX-License-Identifier: Apache-2.0

/// What the operator should hear of the limits' file.
public enum LimitStateCondition: Hashable, Sendable {
    /// The file was damaged or not ours; it lies where `kept` says, and a new one was begun.
    case setAside(kept: String, reason: String)
    /// The file cannot be read or written; limits go on from memory. Said once a minute while it lasts.
    case unusable(reason: String)
    /// The file can be written again.
    case recovered
}

extension LimitStateCondition: CustomStringConvertible {
    /// The condition in one line.
    public var description: String {
        switch self {
        case .setAside(let kept, let reason):
            "the counters of the limits could not be used (\(reason)) and are kept anew; the old file is \(kept)"
        case .unusable(let reason):
            "the counters of the limits cannot be kept on disk (\(reason)); limits go on from memory, and a restart forgets"
        case .recovered: "the counters of the limits are kept on disk again"
        }
    }
}
