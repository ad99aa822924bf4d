// SPDX-License-Identifier: Apache-2.0

extension JournalTrust {
    /// What an entry of the journal is to us.
    enum Verdict: Hashable {
        /// A line that Postfix wrote.
        case line
        /// journald tells that it dropped so many of Postfix's.
        case suppressed(Int)
        /// Somebody else's.
        case foreign
    }

    /// SD_MESSAGE_JOURNAL_DROPPED of sd-messages.h.
    static let droppedMessageID = "a596d6fe7bfa4994828e72309e95d61e"
    /// `_TRANSPORT` of what journald itself writes into the journal; journald gives it, and nobody else can.
    static let journaldTransport = "driver"

    /// Whether anybody at all is trusted: a list without members would be no condition in a journal match.
    var isSatisfiable: Bool {
        let hasOrigin =
            switch origin {
            case .units(let names), .programs(let names): !names.isEmpty
            }
        return hasOrigin && users != .these([])
    }

    /// Judges an entry by its trusted fields.
    func judge(_ record: JournalRecord) -> Verdict {
        if record.has(.transport, Self.journaldTransport) { return suppression(record) }
        guard record.has(.identifier), record.has(.message), trustsUser(of: record) else { return .foreign }
        let isFromPostfix =
            switch origin {
            case .units(let units): units.contains { record.has(.unit, $0) }
            case .programs(let programs): programs.contains { record.has(.program, $0) }
            }
        return isFromPostfix ? .line : .foreign
    }

    private func trustsUser(of record: JournalRecord) -> Bool {
        guard let user = record.number(.userID) else { return false }
        return switch users {
        case .these(let users): users.contains { UInt64($0) == user }
        case .system: user < 1000
        }
    }

    /// `Suppressed 120 messages from postfix@-.service`; older journalds do not give the number in a field of its own.
    private func suppression(_ record: JournalRecord) -> Verdict {
        guard record.has(.messageID, Self.droppedMessageID), case .units(let units) = origin else { return .foreign }
        let words = String(decoding: record[.message], as: UTF8.self).split(separator: " ")
        let isOurs = units.contains { unit in record.has(.objectUnit, unit) || words.last.map { $0 == unit } ?? false }
        guard isOurs else { return .foreign }
        let count = record.number(.dropped) ?? words.dropFirst().first.flatMap { UInt64($0) } ?? 0
        return .suppressed(Int(clamping: count))
    }
}
