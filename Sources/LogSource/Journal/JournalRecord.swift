// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PostfixWire

/// The fields of one journal entry, kept in buffers that serve for all entries.
struct JournalRecord {
    /// When journald took the entry, in microseconds since the Unix epoch.
    var realtime: UInt64 = 0
    private var values = [[UInt8]](repeating: [], count: JournalField.allCases.count)
    private var isThere = [Bool](repeating: false, count: JournalField.allCases.count)

    /// Forgets all fields.
    mutating func clear() {
        for index in values.indices {
            values[index].removeAll(keepingCapacity: true)
            isThere[index] = false
        }
        realtime = 0
    }

    /// Adds bytes to a field's value, of which as much is kept as a line may have.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, to field: JournalField) {
        isThere[field.rawValue] = true
        let room = LineSplitter.maximumLength - values[field.rawValue].count
        values[field.rawValue].append(contentsOf: bytes.prefix(max(0, room)))
    }

    /// Whether the entry has this field.
    func has(_ field: JournalField) -> Bool { isThere[field.rawValue] }

    /// The field's value, empty if it is not there.
    subscript(field: JournalField) -> [UInt8] { values[field.rawValue] }

    /// Whether the field is there and has exactly this value.
    func has(_ field: JournalField, _ text: String) -> Bool {
        has(field) && self[field].elementsEqual(text.utf8)
    }

    /// The field's value as a decimal number.
    func number(_ field: JournalField) -> UInt64? {
        guard !self[field].isEmpty else { return nil }
        var number: UInt64 = 0
        for byte in self[field] {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
            let (product, isTooLarge) = number.multipliedReportingOverflow(by: 10)
            let (sum, isStillTooLarge) = product.addingReportingOverflow(UInt64(byte - UInt8(ascii: "0")))
            guard !isTooLarge, !isStillTooLarge else { return nil }
            number = sum
        }
        return number
    }

    /// When the line was written: by its writer's syslog time stamp, else when journald took it.
    var time: Moment {
        Moment(milliseconds: Int64(clamping: (number(.sourceTime) ?? realtime) / 1000))
    }

    /// Puts the entry into the form of a log line without stamp and host: `postfix/smtp[123]: …`.
    func compose(into line: inout [UInt8]) {
        line.removeAll(keepingCapacity: true)
        line.append(contentsOf: self[.identifier])
        if has(.processID) {
            line.append(UInt8(ascii: "["))
            line.append(contentsOf: self[.processID])
            line.append(UInt8(ascii: "]"))
        }
        line.append(contentsOf: ": ".utf8)
        line.append(contentsOf: self[.message].prefix(max(0, LineSplitter.maximumLength - line.count)))
        // What would end a line in a file; Postfix itself writes "?" for control characters (msg_output.c).
        for index in line.indices where line[index] == 0 || line[index] == UInt8(ascii: "\n") {
            line[index] = UInt8(ascii: "?")
        }
    }
}
