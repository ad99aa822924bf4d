// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import PosternCore

/// What alerts remember over a restart: what was told, and what is still to be sent.
struct AlertMemory: Codable, Equatable {
    /// The name under which the ledger keeps it.
    static let name = "alerts"
    /// The most notices that wait for somebody to be reached.
    static let mostWaiting = 50

    var desk = AlertDesk.Memory()
    /// Notices that reached nobody yet, the oldest first.
    var outbox: [AlertNotice] = []

    /// Puts notices behind the others.
    /// - Returns: How many older ones had to go for want of room.
    mutating func enqueue(_ notices: [AlertNotice]) -> Int {
        outbox += notices
        let excess = max(0, outbox.count - Self.mostWaiting)
        outbox.removeFirst(excess)
        return excess
    }

    /// As JSON; plain numbers and texts always have such a form.
    var text: String {
        (try? JSONEncoder().encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    init() {}

    /// Reads what `text` wrote; nothing is remembered where it is something else.
    init(text: String?) {
        let data = text.map { Data($0.utf8) }
        self = data.flatMap { try? JSONDecoder().decode(AlertMemory.self, from: $0) } ?? AlertMemory()
    }
}
