// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// Who submitted local mail: the uid that pickup(8) logs for a queue ID, which no milter macro carries.
///
/// The log line is written before the milter hears of the message, but reaches us on another way. So the end of a message
/// may wait for it, at most `patience` seconds; after three waits in vain there is no more waiting until a line comes in time,
/// for then the log is late or not read.
final class LocalSubmitters: @unchecked Sendable {
    // Every access to the state is under `condition`.
    private let condition = NSCondition()
    private var known = RecentMap<String, UInt32>(capacity: 4096)
    private var misses = 0
    private var isReading = false

    private static let patience = 1.0
    private static let mostMisses = 3

    /// Whether the log is read at all; without it nobody waits.
    func logIsRead(_ isRead: Bool) {
        condition.withLock { isReading = isRead }
    }

    /// pickup's line for a message was read.
    func submitted(_ queueID: String, by uid: UInt32) {
        condition.withLock {
            known.set(uid, for: queueID)
            condition.broadcast()
        }
    }

    /// The uid behind a queue ID; `nil` if it could not be learnt in time.
    func uid(of queueID: String) -> UInt32? {
        condition.withLock {
            let mayWait = isReading && misses < Self.mostMisses
            let deadline = Date(timeIntervalSinceNow: mayWait ? Self.patience : 0)
            while known[queueID] == nil, mayWait, condition.wait(until: deadline) {}
            let uid = known[queueID]
            misses = uid == nil ? misses + 1 : 0
            return uid
        }
    }
}
