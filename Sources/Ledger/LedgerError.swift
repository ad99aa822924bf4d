// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles

/// Why a ledger cannot be used.
public enum LedgerError: Error, Hashable {
    /// There is no ledger at that path.
    case missing(path: String)
    /// A Postern newer than this one has written it. It is left alone.
    case newerSchema(path: String)
    /// A Postern older than this one has written it, and the daemon of this version has not run since.
    case olderSchema(path: String)
    /// It is no ledger, or bytes of it are wrong.
    case damaged(path: String, reason: String)
    /// It cannot be read or written: permission, a full disk, a lock.
    case unavailable(path: String, reason: String)

    /// What a failed statement means for the ledger.
    init(_ error: any Error, path: String) {
        if let error = error as? LedgerError {
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
        case .missing: "it is missing"
        case .newerSchema: "a newer Postern has written it"
        case .olderSchema: "an older Postern has written it"
        case .damaged(_, let reason), .unavailable(_, let reason): reason
        }
    }
}

extension LedgerError: CustomStringConvertible {
    /// The error in one line.
    public var description: String {
        switch self {
        case .missing(let path):
            "\(path): there is no ledger; the daemon makes it when it first starts"
        case .newerSchema(let path):
            "\(path): written by a newer Postern; use that one, or move the file away to begin anew"
        case .olderSchema(let path):
            "\(path): written by an older Postern; start the daemon of this version once"
        case .damaged(let path, let reason):
            "\(path): no ledger or a damaged one (\(reason))"
        case .unavailable(let path, let reason):
            "\(path): \(reason)"
        }
    }
}
