// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles

/// Why the table of routes cannot be used.
public enum RouteStoreError: Error, Hashable {
    /// A Postern newer than this one has written it. It is left alone.
    case newerSchema(path: String)
    /// It had to be begun anew, and is empty now; what was to be done has not been.
    case begunAnew(path: String, RouteStoreRenewal)
    /// It is no table of routes, or bytes of it are wrong. The store sets such a file aside, so that nobody else hears this.
    case damaged(path: String, reason: String)
    /// It cannot be read or written: permission, a full disk, a lock. What it holds stays as it is.
    case unavailable(path: String, reason: String)

    /// What a failed statement means.
    init(_ error: any Error, path: String) {
        if let error = error as? RouteStoreError {
            self = error
            return
        }
        switch DatabaseProblem(error) {
        case .newerSchema: self = .newerSchema(path: path)
        case .damaged(let reason): self = .damaged(path: path, reason: reason)
        case .unavailable(let reason): self = .unavailable(path: path, reason: reason)
        }
    }
}

extension RouteStoreError: CustomStringConvertible {
    /// The error in one line.
    public var description: String {
        switch self {
        case .newerSchema(let path):
            "\(path): written by a newer Postern; use that one, or move the file away to begin anew"
        case .begunAnew(let path, let renewal):
            "\(path): \(renewal)"
        case .damaged(let path, let reason):
            "\(path): no table of routes or a damaged one (\(reason))"
        case .unavailable(let path, let reason):
            "\(path): \(reason)"
        }
    }
}
