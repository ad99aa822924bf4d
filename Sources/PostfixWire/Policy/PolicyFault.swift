// SPDX-License-Identifier: Apache-2.0

/// Why a connection to the policy service is of no more use.
public enum PolicyFault: Error, Hashable, Sendable {
    /// A line is longer than ``PolicyRequestDecoder/maximumLineLength``.
    case longLine
    /// A request is longer than ``PolicyRequestDecoder/maximumRequestLength``.
    case longRequest
}

extension PolicyFault: CustomStringConvertible {
    /// The fault in words for the log.
    public var description: String {
        switch self {
        case .longLine: "a line of more than \(PolicyRequestDecoder.maximumLineLength) bytes"
        case .longRequest: "a request of more than \(PolicyRequestDecoder.maximumRequestLength) bytes"
        }
    }
}
