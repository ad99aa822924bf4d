// SPDX-License-Identifier: Apache-2.0
internal import Glibc

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

    /// Kept: `allCases` makes a new array each time.
    private static let all = allCases

    /// The field of this name, if it is looked at.
    init?(name: UnsafeBufferPointer<UInt8>) {
        for field in Self.all where field.name.utf8CodeUnitCount == name.count {
            if let start = name.baseAddress, memcmp(start, field.name.utf8Start, name.count) == 0 {
                self = field
                return
            }
        }
        return nil
    }
}
