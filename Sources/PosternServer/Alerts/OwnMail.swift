// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Mail of the daemon itself, by which it is known again at the milter and in the log.
///
/// A Message-ID holds 128 random bits and is known to nobody before the message is there; so nobody else's mail is taken
/// for ours. Such mail is never limited or held, and what becomes of it raises no alert: that could go round in a circle.
final class OwnMail: Sendable {
    private struct Known {
        var messageIDs = RecentMap<[UInt8], Bool>(capacity: 256)
        var queueIDs = RecentMap<String, Bool>(capacity: 256)
    }

    private let known = Mutex(Known())

    /// A new Message-ID, without angle brackets.
    func issue(host: String) -> String {
        let random = (0..<4).map { _ in String(UInt32.random(in: 0...(.max)), radix: 36) }.joined()
        let messageID = "postern-alert.\(random)@\(host)"
        known.withLock { $0.messageIDs.set(true, for: Array("<\(messageID)>".utf8)) }
        return messageID
    }

    /// Whether a header field is the Message-ID of a message of ours.
    func isIdentified(byName name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer) -> Bool {
        guard name.count == 10, name.elementsEqual("message-id".utf8, by: { $0 | 0x20 == $1 || $0 == $1 }) else {
            return false
        }
        let text = value.drop { $0 == 0x20 || $0 == 0x09 }
        guard text.count <= 400 else { return false }
        return known.withLock { $0.messageIDs[Array(text)] != nil }
    }

    /// A message of ours got this queue ID.
    func queued(_ queueID: String) {
        known.withLock { $0.queueIDs.set(true, for: queueID) }
    }

    /// Whether a queue ID is that of a message of ours.
    func isQueued(_ queueID: String) -> Bool {
        known.withLock { $0.queueIDs[queueID] != nil }
    }
}
