// SPDX-License-Identifier: Apache-2.0
internal import GRDB
public import PosternCore

extension LedgerReader {
    /// The messages that limits put on hold and that nobody is known to have freed or deleted, the oldest first.
    public func held(limit: Int = 20_000) throws(LedgerError) -> [HeldMail] {
        try rows("SELECT * FROM held ORDER BY time, queue_id LIMIT ?", [max(0, limit)]).compactMap { HeldMail($0) }
    }

    /// When an operator last looked at what is held; `nil` if nobody ever did.
    public func lastLookAtHeld() throws(LedgerError) -> Moment? {
        try position(for: LedgerNotes.lookName).flatMap { Int64($0) }.map { Moment(milliseconds: $0) }
    }
}
