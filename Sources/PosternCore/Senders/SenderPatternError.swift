// SPDX-License-Identifier: Apache-2.0

/// Why a text names no sender.
public enum SenderPatternError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no text.
    case empty
    /// What follows `uid:` is neither a number nor a range of numbers.
    case users(String)
    /// What follows `client:` is no network.
    case network(AddressBlockError)

    /// The reason, for the person who wrote the text.
    public var description: String {
        switch self {
        case .empty: "an empty text names no sender"
        case .users(let text): "\"uid:\(text)\" names no user: write \"uid:33\" or \"uid:1000-1999\""
        case .network(let error): error.description
        }
    }
}
