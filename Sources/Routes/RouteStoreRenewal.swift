// SPDX-License-Identifier: Apache-2.0

/// How a store came to be begun anew, empty.
///
/// Postfix processes that run may still have the old file open, and read it until they end: `postfix reload` ends them.
public enum RouteStoreRenewal: Hashable, Sendable {
    /// There was no file.
    case missing
    /// The file was damaged or not ours; it lies where `kept` says.
    case setAside(kept: String, reason: String)
}

extension RouteStoreRenewal: CustomStringConvertible {
    /// What happened, in one line.
    public var description: String {
        switch self {
        case .missing: "there was no table of routes; an empty one was made"
        case .setAside(let kept, let reason):
            "the table of routes could not be used (\(reason)) and was begun anew; the old one is kept as \(kept)"
        }
    }
}
