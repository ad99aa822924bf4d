// SPDX-License-Identifier: Apache-2.0

/// Why the queue helper did not do what was wanted.
public enum QueueHelperError: Error, Hashable {
    /// Nobody listens at its socket; root can do the same by hand, with this command.
    case absent(socket: String, reason: String, command: String)
    /// It will not: who asks is neither root nor the daemon's user, or asks too often.
    case refused(String)
    /// It tried; the words are Postfix's.
    case failed(String)
}

extension QueueHelperError: CustomStringConvertible {
    /// The error, and for root what to type, on a line of its own.
    public var description: String {
        switch self {
        case .absent(let socket, let reason, let command):
            "the queue helper does not answer (\(socket): \(reason)); as root type:\n\(command)"
        case .refused(let words): "the queue helper refuses: \(words)"
        case .failed(let words): "the queue helper failed: \(words)"
        }
    }
}
