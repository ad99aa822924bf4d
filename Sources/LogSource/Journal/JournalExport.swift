// SPDX-License-Identifier: Apache-2.0

/// Reads the journal's export format, as its bytes come.
///
/// Source: <https://systemd.io/JOURNAL_EXPORT_FORMATS/>. A field is `NAME=value` and LF, or NAME, LF, the value's length in 8
/// bytes, little-endian, the value, and LF; an empty line ends an entry.
struct JournalExport {
    private enum State {
        case line
        case length([UInt8])
        case value(remaining: UInt64)
        case endOfValue
    }

    /// The longest line that is kept: a field's name and as much of its value as a log line may have.
    private static let maximumLine = 16 * 1024
    private static let realtimeName = Array("__REALTIME_TIMESTAMP".utf8)
    private static let lineFeed = UInt8(ascii: "\n")

    private var state = State.line
    private var field: JournalField?
    private var partial: [UInt8] = []
    private var record = JournalRecord()
    private var isBegun = false

    /// Takes the next bytes and hands on each entry that they complete.
    mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: (JournalRecord) -> Void) {
        var rest = bytes[...]
        while let first = rest.first {
            switch state {
            case .line:
                guard let end = rest.firstIndex(of: Self.lineFeed) else {
                    keep(rest)
                    return
                }
                if partial.isEmpty {
                    take(line: UnsafeBufferPointer(rebasing: rest[..<end]), body)
                } else {
                    keep(rest[..<end])
                    let line = partial
                    partial.removeAll(keepingCapacity: true)
                    line.withUnsafeBufferPointer { take(line: $0, body) }
                }
                rest = rest[(end + 1)...]
            case .length(let digits):
                rest = rest.dropFirst()
                let digits = digits + [first]
                let isWhole = digits.count == 8
                state =
                    isWhole ? .value(remaining: digits.reversed().reduce(0) { $0 << 8 | UInt64($1) }) : .length(digits)
            case .value(remaining: 0):
                state = .endOfValue
            case .value(let remaining):
                let count = Int(min(remaining, UInt64(rest.count)))
                if let field { record.append(UnsafeBufferPointer(rebasing: rest.prefix(count)), to: field) }
                rest = rest.dropFirst(count)
                state = .value(remaining: remaining - UInt64(count))
            case .endOfValue:
                rest = rest.dropFirst()
                state = .line
            }
        }
    }

    /// Hands on the last entry if no empty line came after it.
    mutating func finish(_ body: (JournalRecord) -> Void) {
        if isBegun { body(record) }
        self = JournalExport()
    }

    private mutating func keep(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
        partial.append(contentsOf: bytes.prefix(max(0, Self.maximumLine - partial.count)))
    }

    private mutating func take(line: UnsafeBufferPointer<UInt8>, _ body: (JournalRecord) -> Void) {
        guard !line.isEmpty else {
            if isBegun { body(record) }
            record.clear()
            isBegun = false
            return
        }
        isBegun = true
        guard let equals = line.firstIndex(of: UInt8(ascii: "=")) else {
            field = unseen(JournalField(name: line))
            state = .length([])
            return
        }
        let value = UnsafeBufferPointer(rebasing: line[(equals + 1)...])
        if line[..<equals].elementsEqual(Self.realtimeName) {
            record.realtime = UInt64(String(decoding: value, as: UTF8.self)) ?? 0
        } else if let field = unseen(JournalField(name: UnsafeBufferPointer(rebasing: line[..<equals]))) {
            record.append(value, to: field)
        }
    }

    /// Of a field that comes several times the first value counts, as for sd_journal_get_data(3).
    private func unseen(_ field: JournalField?) -> JournalField? {
        field.flatMap { record.has($0) ? nil : $0 }
    }
}
