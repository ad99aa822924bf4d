// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Why a database cannot be used, in the three ways that call for different answers.
public enum DatabaseProblem: Error, Hashable {
    /// A version newer than this one has written it: it is to be left alone.
    case newerSchema
    /// It is another program's, or bytes of it are wrong: it is to be set aside.
    case damaged(reason: String)
    /// It cannot be read or written now, by permission, a full disk or a lock: it is to be tried again.
    case unavailable(reason: String)

    /// What a failed statement or file operation means.
    public init(_ error: any Error) {
        switch error {
        case let problem as DatabaseProblem: self = problem
        case let fault as DatabaseFileFault: self = .unavailable(reason: fault.reason)
        case let error as DatabaseError:
            let reason = error.message ?? "SQLite error \(error.resultCode.rawValue)"
            switch error.resultCode {
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: self = .damaged(reason: reason)
            default: self = .unavailable(reason: reason)
            }
        default: self = .unavailable(reason: "\(error)")
        }
    }
}
