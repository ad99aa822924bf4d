// SPDX-License-Identifier: Apache-2.0

/// Why a message cannot be signed; it can still be sent unsigned.
public enum SigningError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The message has no `From` field, which every signature must cover (RFC 6376 §5.4).
    case noFrom
    /// The fields to be signed take more than so many bytes.
    case headerTooLarge(limit: Int)
    /// There are so many fields to be signed that verifiers would not read their list, which may take so many bytes.
    case tooManyFields(limit: Int)
    /// The time of signing is before 1970, or too late for the signature's end to be told.
    case timeOutOfRange
    /// A part of the message came when it could not: a field after the header, or anything after the end.
    case outOfOrder
    /// The cryptographic library failed, for this reason.
    case cryptography(String)

    /// What is wrong, for the operator.
    public var description: String {
        switch self {
        case .noFrom: "the message has no From field"
        case .headerTooLarge(let limit): "the header fields to be signed take more than \(limit) bytes"
        case .tooManyFields(let limit): "there are too many fields to be signed: their names take over \(limit) bytes"
        case .timeOutOfRange: "the time of signing is out of range"
        case .outOfOrder: "parts of the message came out of order"
        case .cryptography(let reason): "libcrypto: \(reason)"
        }
    }
}
