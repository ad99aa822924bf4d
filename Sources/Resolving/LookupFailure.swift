// SPDX-License-Identifier: Apache-2.0

/// Why the DNS told nothing.
public enum LookupFailure: Error, Hashable, Sendable {
    /// The name cannot stand in the DNS as a host's: an address literal, a letter beyond ASCII, a label too long.
    case badName
    /// No answer came in time.
    case late
    /// Too many questions wait already.
    case busy
    /// A server answered with an error, by its number (RFC 6895 §2.3): 2 is SERVFAIL, 5 REFUSED.
    case server(code: Int)
    /// What came is not what such a record can be.
    case malformed
    /// The resolver was closed, or the task that asked was cancelled.
    case closed
    /// The library or the host could not do it, in words.
    case trouble(String)
}

extension LookupFailure: CustomStringConvertible {
    /// For a log line.
    public var description: String {
        switch self {
        case .badName: "not a name for the DNS"
        case .late: "no answer in time"
        case .busy: "too many questions wait"
        case .server(2): "SERVFAIL"
        case .server(5): "REFUSED"
        case .server(let code): "DNS error \(code)"
        case .malformed: "a malformed record"
        case .closed: "the resolver is closed"
        case .trouble(let text): text
        }
    }
}
