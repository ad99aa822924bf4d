// SPDX-License-Identifier: Apache-2.0

/// What `postqueue -j` tells of the queue, read as it comes, a message a line.
///
/// Lines that make no sense are counted and passed over, members of other names as well. Bounded, whatever the queue or
/// a sender holds: ``maximumLine`` bytes a line, so many messages, ``maximumRecipients`` recipients of one message and
/// ``maximumRecipientsInAll`` together.
public struct QueueListing: Hashable, Sendable {
    /// The longest line, in bytes: some 100,000 recipients with their reasons.
    public static let maximumLine = 32 << 20
    /// Recipients of one message that are kept.
    public static let maximumRecipients = 1000
    /// Recipients of all messages that are kept.
    public static let maximumRecipientsInAll = 1_000_000
    /// The longest reason that is kept, in bytes.
    public static let maximumReason = 1000
    /// The longest address that is kept, in bytes.
    public static let maximumAddress = 1000

    /// The messages, in the order of the listing; one may come twice if it was moved meanwhile (postqueue(1)).
    public private(set) var entries: [QueueEntry] = []
    /// Lines that could not be read.
    public private(set) var damagedLines = 0
    /// Whether there were more messages than asked for.
    public private(set) var isCut = false

    private let most: Int
    private var parser = QueueEntryParser()
    private var partial: [UInt8] = []
    private var isOverlong = false

    /// A listing that has read nothing, and keeps so many messages at most.
    public init(most: Int = 200_000) {
        self.most = max(0, most)
    }

    /// Takes the next bytes.
    /// - Returns: Whether more is wanted; `false` when there are more messages than asked for.
    public mutating func take(_ bytes: Span<UInt8>) -> Bool {
        var start = 0
        while !isCut, let end = bytes.farPlace(of: UInt8(ascii: "\n"), from: start, to: bytes.count) {
            if partial.isEmpty, !isOverlong {
                read(bytes.extracting(start..<end))
            } else {
                keep(bytes.extracting(start..<end))
                finish()
            }
            start = end + 1
        }
        if !isCut, start < bytes.count { keep(bytes.extracting(start..<bytes.count)) }
        return !isCut
    }

    /// Reads what came after the last line's end, if anything did.
    public mutating func finish() {
        let line = partial
        partial.removeAll(keepingCapacity: true)
        guard !isOverlong else {
            isOverlong = false
            damagedLines += 1
            return
        }
        if !line.isEmpty { read(line.span) }
    }

    private mutating func keep(_ bytes: Span<UInt8>) {
        guard !isOverlong else { return }
        guard partial.count + bytes.count <= Self.maximumLine else {
            isOverlong = true
            partial = []
            return
        }
        bytes.withUnsafeBufferPointer { partial.append(contentsOf: $0) }
    }

    private mutating func read(_ line: Span<UInt8>) {
        guard !line.isEmpty else { return }
        guard let entry = parser.entry(in: line) else {
            damagedLines += 1
            return
        }
        guard entries.count < most else {
            isCut = true
            return
        }
        entries.append(entry)
    }
}

extension QueueListing {
    /// Two listings are equal if they tell the same.
    public static func == (left: QueueListing, right: QueueListing) -> Bool {
        left.entries == right.entries && left.damagedLines == right.damagedLines && left.isCut == right.isCut
    }

    /// Feeds what it tells to a hasher.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(entries)
    }
}
