// SPDX-License-Identifier: Apache-2.0
internal import GRDB
internal import PosternCore

extension LedgerNotes {
    /// The longest text of a report that is kept, in bytes.
    private static let longest = 255

    /// Somebody complained.
    /// - Returns: Whether it is news: a report that came before is not counted again.
    @discardableResult
    public func complained(_ complaint: Complaint) throws(LedgerError) -> Bool {
        var isNew = false
        try write { db in
            let texts = [
                complaint.report, complaint.kind, complaint.reporter, complaint.sender, complaint.queueID,
                complaint.signedBy, complaint.address,
            ].map { BoundedText.cut($0 ?? "", to: Self.longest) }
            try db.execute(
                sql: """
                    INSERT OR IGNORE INTO complaint
                        (time, report, kind, reporter, sender, queue_id, signed_by, address)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """, arguments: StatementArguments([complaint.time.milliseconds]) + StatementArguments(texts))
            isNew = db.changesCount > 0
        }
        return isNew
    }

    /// A provider told of our addresses; what it said of the same day before is replaced.
    public func learnt(_ days: [AddressDay]) throws(LedgerError) {
        try write { db in
            let insert = try db.makeStatement(
                sql: """
                    INSERT OR REPLACE INTO address_day
                        (day, address, recipients, messages, colour, complaint_rate, traps) VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)
            for day in days {
                try insert.execute(
                    arguments: [
                        HistoryBucket.day.number(of: day.day), "\(day.address)", day.recipients, day.messages,
                        day.colour.rawValue, day.complaintRate, day.traps,
                    ])
            }
        }
    }
}
