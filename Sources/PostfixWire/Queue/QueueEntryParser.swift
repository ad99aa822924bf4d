// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Reads one line of `postqueue -j`, a JSON object (RFC 8259).
///
/// Made for 10,000 lines at once: no tree is built, and a reason that stands in many messages, as a paused provider's
/// does, is kept once.
struct QueueEntryParser: Sendable {
    /// How deep members that are passed over may be nested.
    private static let maximumDepth = 32

    private var recipientRoom = QueueListing.maximumRecipientsInAll
    private var lastReason = ""
    private var lastReasonBytes: [UInt8] = []

    /// The message of a line; `nil` if the line is no object, or lacks its queue, ID or arrival.
    mutating func entry(in line: Span<UInt8>) -> QueueEntry? {
        var scanner = JSONScanner()
        var queue: QueueName?
        var id: QueueID?
        var arrival: Moment?
        var entry = Parts()
        let isWhole = scanner.object(in: line) { name, scanner in
            switch name {
            case "queue_name":
                guard let text = scanner.text(in: line, most: 64) else { return false }
                queue = QueueName(rawValue: text) ?? .other
            case "queue_id":
                guard let text = scanner.text(in: line, most: 64) else { return false }
                id = QueueID(text)
            case "arrival_time":
                guard let seconds = scanner.integer(in: line) else { return false }
                arrival = Moment(seconds: Int64(seconds))
            case "message_size":
                guard let size = scanner.integer(in: line) else { return false }
                entry.size = max(0, size)
            case "forced_expire":
                guard let isForced = scanner.flag(in: line) else { return false }
                entry.isForcedToExpire = isForced
            case "sender":
                guard let text = scanner.text(in: line, most: QueueListing.maximumAddress) else { return false }
                entry.sender = text
            case "recipients": return recipients(in: line, &scanner, &entry)
            default: return scanner.skipValue(in: line, depth: Self.maximumDepth)
            }
            return true
        }
        guard isWhole, scanner.isAtEnd(of: line), let queue, let id, let arrival else { return nil }
        return QueueEntry(
            queue: queue, id: id, arrival: arrival, size: entry.size, sender: entry.sender,
            recipients: entry.recipients,
            recipientCount: entry.recipientCount, isForcedToExpire: entry.isForcedToExpire)
    }

    private struct Parts {
        var size = 0
        var sender = ""
        var recipients: [QueueEntry.Recipient] = []
        var recipientCount = 0
        var isForcedToExpire = false
    }

    private mutating func recipients(
        in line: Span<UInt8>, _ scanner: inout JSONScanner, _ entry: inout Parts
    ) -> Bool {
        scanner.array(in: line) { scanner in
            var recipient = QueueEntry.Recipient("")
            let isWhole = scanner.object(in: line) { name, scanner in
                switch name {
                case "address":
                    guard let text = scanner.text(in: line, most: QueueListing.maximumAddress) else { return false }
                    recipient.address = text
                case "delay_reason":
                    guard let reason = reason(in: line, &scanner) else { return false }
                    recipient.delayReason = reason
                default: return scanner.skipValue(in: line, depth: Self.maximumDepth)
                }
                return true
            }
            guard isWhole else { return false }
            entry.recipientCount += 1
            if entry.recipients.count < QueueListing.maximumRecipients, recipientRoom > 0 {
                entry.recipients.append(recipient)
                recipientRoom -= 1
            }
            return true
        }
    }

    private mutating func reason(in line: Span<UInt8>, _ scanner: inout JSONScanner) -> String? {
        guard let bytes = scanner.string(in: line) else { return nil }
        let raw = line.extracting(bytes.range)
        if raw.count == lastReasonBytes.count, raw.withUnsafeBufferPointer({ lastReasonBytes.elementsEqual($0) }) {
            return lastReason
        }
        lastReason = JSONScanner.text(of: bytes, in: line, most: QueueListing.maximumReason)
        lastReasonBytes.removeAll(keepingCapacity: true)
        raw.withUnsafeBufferPointer { lastReasonBytes.append(contentsOf: $0) }
        return lastReason
    }
}
