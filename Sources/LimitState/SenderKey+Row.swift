// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import GRDB
internal import PosternCore

extension SenderKey {
    /// The key in the columns `low` and `high`.
    init?(_ row: Row) {
        guard let low = Int64.fromDatabaseValue(row["low"]), let high = Int64.fromDatabaseValue(row["high"]) else {
            return nil
        }
        self.init(low: UInt64(bitPattern: low), high: UInt64(bitPattern: high))
    }

    /// The key as the arguments of a statement.
    var arguments: StatementArguments { [Int64(bitPattern: low), Int64(bitPattern: high)] }
}

extension [UInt8] {
    /// The bytes as GRDB stores them.
    var data: Data { Data(self) }
}
