// SPDX-License-Identifier: Apache-2.0

/// Why no signature of a message could be looked at.
public enum VerifierError: Error, Sendable, Hashable, CustomStringConvertible {
    /// libopendkim could not be set up.
    case libraryUnavailable
    /// libopendkim refuses the message, for this reason.
    case refused(String)

    /// What is wrong, for the operator.
    public var description: String {
        switch self {
        case .libraryUnavailable: "libopendkim could not be set up"
        case .refused(let reason): "libopendkim refuses the message: \(reason)"
        }
    }
}
