// SPDX-License-Identifier: Apache-2.0

/// What the DNS says to a question for records of one kind.
///
/// Where ``Answer`` is enough to act upon, this is for those who explain: "no such name" and "no such record" are different
/// mistakes.
public enum Records<Value: Sendable>: Sendable {
    /// At least one record, at most 200.
    case found([Value])
    /// The name exists and has no such record (NODATA, RFC 2308 §2.2).
    case noData
    /// The name does not exist (NXDOMAIN, RFC 2308 §2.1).
    case noName
    /// It could not be learnt.
    case failed(LookupFailure)

    /// The records, none where there are none; `nil` where that could not be learnt.
    public var values: [Value]? {
        switch self {
        case .found(let values): values
        case .noData, .noName: []
        case .failed: nil
        }
    }
}

extension Records: Equatable where Value: Equatable {}
