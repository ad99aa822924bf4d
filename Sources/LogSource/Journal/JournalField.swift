// SPDX-License-Identifier: Apache-2.0

/// The fields of a journal entry that are looked at (systemd.journal-fields(7)).
enum JournalField: Int, CaseIterable {
    case identifier, processID, message, unit, userID, program, transport, messageID, dropped, objectUnit, sourceTime

    var name: StaticString {
        switch self {
        case .identifier: "SYSLOG_IDENTIFIER"
        case .processID: "_PID"
        case .message: "MESSAGE"
        case .unit: "_SYSTEMD_UNIT"
        case .userID: "_UID"
        case .program: "_COMM"
        case .transport: "_TRANSPORT"
        case .messageID: "MESSAGE_ID"
        case .dropped: "N_DROPPED"
        case .objectUnit: "OBJECT_SYSTEMD_UNIT"
        case .sourceTime: "_SOURCE_REALTIME_TIMESTAMP"
        }
    }

    /// The field of this name, if it is looked at.
    init?(name: some Collection<UInt8>) {
        let found = Self.allCases.first { field in
            name.elementsEqual(UnsafeBufferPointer(start: field.name.utf8Start, count: field.name.utf8CodeUnitCount))
        }
        guard let found else { return nil }
        self = found
    }
}

extension JournalField {
    /// The name for C.
    var namePointer: UnsafePointer<CChar> {
        UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
