// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

extension RouteRow {
    /// A row of the database; `nil` if Postern cannot have written it.
    init?(stored row: Row) {
        guard let key = String.fromDatabaseValue(row.databaseValue("key")), !key.isEmpty,
            let text = String.fromDatabaseValue(row.databaseValue("target")), let target = RouteTarget(text),
            let expires = Int64.fromDatabaseValue(row.databaseValue("expires"))
        else { return nil }
        self.init(key: key, target: target, expires: Moment(seconds: expires))
    }
}

extension Row {
    /// A column's value; NULL where there is no such column.
    func databaseValue(_ column: String) -> DatabaseValue {
        (self[column] as DatabaseValue?) ?? .null
    }
}
