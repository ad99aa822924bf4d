// SPDX-License-Identifier: Apache-2.0
internal import GRDB

/// Columns of a file that another program may have written: nothing in them may end the process.
extension Row {
    /// A column's text; `nil` if it is NULL, empty or not a text.
    func text(_ column: String) -> String? {
        guard let value = self[column] as (any DatabaseValueConvertible)? else { return nil }
        guard let text = String.fromDatabaseValue(value.databaseValue), !text.isEmpty else { return nil }
        return text
    }

    /// A column's integer; 0 if it is not one.
    func integer(_ column: String) -> Int64 {
        guard let value = self[column] as (any DatabaseValueConvertible)? else { return 0 }
        return Int64.fromDatabaseValue(value.databaseValue) ?? 0
    }
}
