// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The life of a message in the queue: what pickup, cleanup, qmgr, bounce and postsuper write.
extension LogGrammar {
    /// `uid=33 from=<www-data>[ orig_id=…]` (pickup.c).
    ///
    /// The sender is what the user gave with `sendmail -f`, not in quoted form: it ends with the last `>`, behind which only
    /// pickup's own `orig_id` can stand.
    static func submitted(_ line: Span<UInt8>, at start: Int) -> LogEvent? {
        var index = start
        guard line.skip("uid=", at: &index) else { return .other }
        guard let number = line.number(at: &index), let userID = UInt32(exactly: number),
            line.skip(" from=<", at: &index)
        else { return nil }
        var end = line.count
        while end > index, line[end - 1] != UInt8(ascii: ">") { end -= 1 }
        guard end > index else { return nil }
        let sender = LineRange(index, end - 1)
        var originalID: QueueID?
        if end < line.count {
            guard line.skip(" orig_id=", at: &end), let id = line.queueID(at: &end), end == line.count else {
                return nil
            }
            originalID = id
        }
        return .submitted(SubmittedRecord(userID: userID, sender: sender, originalID: originalID))
    }

    /// `message-id=…` or a decision by header checks or a milter.
    static func cleanup(_ line: Span<UInt8>, at start: Int) -> LogEvent? {
        var index = start
        if line.skip("message-id=", at: &index) { return .messageID(LineRange(index, line.count)) }
        // cleanup(8) itself bounces what a milter refused of a local submission.
        if line.has("to=", at: index) { return delivery(line, at: index, by: .cleanup) }
        return policy(line, at: index)
    }

    /// `from=<…>, size=…, nrcpt=… (queue active)`, `from=<…>, status=expired, returned to sender`, `removed`.
    static func queueManager(_ line: Span<UInt8>, at start: Int) -> LogEvent? {
        var index = start
        if line.skip("removed", at: &index) { return index == line.count ? .removed : .other }
        guard line.skip("from=", at: &index) else {
            return line.has("to=", at: index) ? delivery(line, at: index, by: .qmgr) : .other
        }
        guard let sender = line.address(at: &index), line.skip(", ", at: &index) else { return nil }
        if line.skip("size=", at: &index) {
            guard let size = line.number(at: &index), line.skip(", nrcpt=", at: &index),
                let count = line.number(at: &index)
            else { return nil }
            return .activated(ActivatedRecord(sender: sender, size: size, recipientCount: count))
        }
        if line.has("status=expired", at: index) { return .expired(isForced: false) }
        if line.has("status=force-expired", at: index) { return .expired(isForced: true) }
        return nil
    }

    /// `sender non-delivery notification: QUEUEID` (bounce_notify_service.c and its siblings).
    static func notification(_ line: Span<UInt8>, at start: Int) -> LogEvent? {
        var index = start
        let kind: LogNotification
        if line.skip("sender non-delivery notification: ", at: &index) {
            kind = .bounce
        } else if line.skip("sender delay notification: ", at: &index) {
            kind = .delay
        } else if line.skip("sender delivery status notification: ", at: &index) {
            kind = .success
        } else if line.skip("postmaster ", at: &index) {
            guard let colon = line.place(of: " notification: ", from: index) else { return .other }
            index = colon + 15
            kind = .postmaster
        } else {
            return .other
        }
        guard let notice = line.queueID(at: &index), index == line.count else { return nil }
        return .notification(kind, notice)
    }

    /// `placed on hold`, `released from hold`, `requeued`, `expired`, `removed` (postsuper.c).
    static func administration(_ line: Span<UInt8>, at index: Int) -> LogEvent {
        if line.has("removed", at: index) { return .removed }
        if line.has("placed on hold", at: index) { return .held }
        if line.has("released from hold", at: index) { return .released }
        if line.has("requeued", at: index) { return .requeued }
        if line.has("expired", at: index) { return .expiryForced }
        return .other
    }
}
