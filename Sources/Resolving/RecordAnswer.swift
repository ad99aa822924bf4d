// SPDX-License-Identifier: Apache-2.0

/// The answer to one question, as record data off the wire.
enum RecordAnswer: Hashable, Sendable {
    /// At least one record.
    case records([[UInt8]])
    /// The name exists and has no such record.
    case noData
    /// The name does not exist.
    case noName
    case failed(LookupFailure)
}
