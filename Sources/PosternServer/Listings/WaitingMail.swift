// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire

/// The mail that waits for each provider, as the queue showed it last.
struct WaitingMail: Sendable {
    /// What waits for one provider.
    struct Heap: Sendable {
        /// The messages in the deferred queue, in the order of the listing.
        var messages: [WaitingMessage] = []
        /// How many more there are in the queue than can be let out: active, incoming or on hold.
        var elsewhere = 0
        /// When the oldest of `messages` came into the queue.
        var oldest: Moment?
    }

    /// When the queue was read; `nil` if it never was.
    private(set) var lookedAt: Moment?
    /// Whether the listing was cut.
    private(set) var isCut = false
    private(set) var heaps: [Provider: Heap] = [:]

    /// Nothing is known.
    init() {}

    /// What a listing of the queue shows, with what else is known of a message; `provider` tells who serves a recipient
    /// domain: `nil` for nobody, or one whose mail is not ours to keep.
    init(
        _ entries: [QueueEntry], isCut: Bool, at now: Moment, notes: MessageNotes,
        provider: (_ domain: String) -> Provider?
    ) {
        lookedAt = now
        self.isCut = isCut
        var known: [String: Provider?] = [:]
        for entry in entries {
            var recipients: [(Provider, [String])] = []
            for recipient in entry.recipients {
                guard let domain = RouteKey.domain(ofAddress: recipient.address) else { continue }
                let served = known[domain] ?? provider(domain)
                known[domain] = .some(served)
                guard let served else { continue }
                if let index = recipients.firstIndex(where: { $0.0 == served }) {
                    recipients[index].1.append(recipient.address)
                } else {
                    recipients.append((served, [recipient.address]))
                }
            }
            for (provider, addresses) in recipients {
                take(entry, addresses, for: provider, notes: notes)
            }
        }
    }

    /// What waits for a provider.
    subscript(provider: Provider) -> Heap { heaps[provider] ?? Heap() }

    /// The queue could not be read; what was seen last is kept.
    mutating func lookFailed(at now: Moment) { lookedAt = now }

    /// A message is on its way, or gone.
    mutating func left(_ id: QueueID, for provider: Provider) {
        heaps[provider]?.messages.removeAll { $0.queueID == id }
    }

    private mutating func take(
        _ entry: QueueEntry, _ recipients: [String], for provider: Provider, notes: MessageNotes
    ) {
        guard entry.queue == .deferred else {
            heaps[provider, default: Heap()].elsewhere += 1
            return
        }
        var heap = heaps[provider] ?? Heap()
        // In place: a copy for each message would copy them all each time.
        heaps[provider] = nil
        heap.messages.append(notes.message(entry, recipients: recipients))
        heap.oldest = min(heap.oldest ?? entry.arrival, entry.arrival)
        heaps[provider] = heap
    }
}
