// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles

/// Why a file of state cannot be used.
enum LimitFileError: Error, Hashable {
    /// A Postern newer than this one has written it. It is left alone.
    case newerSchema(path: String)
    /// It is another program's, or bytes of it are wrong.
    case damaged(path: String, reason: String)
    /// It cannot be read or written: permission, a full disk, a lock.
    case unavailable(path: String, reason: String)

    /// What a failed statement means for the file.
    init(_ error: any Error, path: String) {
        if let error = error as? LimitFileError {
            self = error
            return
        }
        switch DatabaseProblem(error) {
        case .newerSchema: self = .newerSchema(path: path)
        case .damaged(let reason): self = .damaged(path: path, reason: reason)
        case .unavailable(let reason): self = .unavailable(path: path, reason: reason)
        }
    }

    /// The cause without the path.
    var reason: String {
        switch self {
        case .newerSchema: "a newer Postern has written it"
        case .damaged(_, let reason), .unavailable(_, let reason): reason
        }
    }
}
