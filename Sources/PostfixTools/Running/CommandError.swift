// SPDX-License-Identifier: Apache-2.0

/// Why one of Postfix's programs could not be made use of.
public enum CommandError: Error, Hashable {
    /// It could not be started: not there, not allowed, no process or descriptor left.
    case notStarted(program: String, reason: String)
    /// It did not end in time, and was killed.
    case late(program: String, limit: Duration)
    /// It wrote more than can be taken, and was killed.
    case talkative(program: String, limit: Int)
    /// It ended, but not well.
    case failed(program: String, complaint: String)
}

extension CommandError: CustomStringConvertible {
    /// The error in one line.
    public var description: String {
        switch self {
        case .notStarted(let program, let reason): "\(program) cannot be started: \(reason)"
        case .late(let program, let limit):
            "\(program) did not end within \(limit), and was killed"
        case .talkative(let program, let limit): "\(program) wrote more than \(limit) bytes, and was killed"
        case .failed(let program, let complaint): "\(program) failed: \(complaint)"
        }
    }
}
