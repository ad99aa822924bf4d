// SPDX-License-Identifier: Apache-2.0

/// The name that a rotation gives to a log file, as far as it comes after the log's own name.
struct GenerationName: Hashable {
    /// How rotations tell generations apart.
    enum Mark: Hashable {
        /// `.1`, `.2.gz`: logrotate(8); the larger, the older.
        case number(Int)
        /// `-20261124` and the like: logrotate(8) with `dateext`, or `.20261124-031557`: postfix(1) `logrotate`. Larger is younger.
        case date(String)
    }

    let mark: Mark
    /// Whether it ends with `.gz`.
    let isPacked: Bool

    /// Reads what follows the log's name in a file's name; `nil` if no rotation writes this.
    init?(suffix: Substring) {
        isPacked = suffix.hasSuffix(".gz")
        let mark = isPacked ? suffix.dropLast(3) : suffix
        guard let separator = mark.first, separator == "." || separator == "-" else { return nil }
        let text = mark.dropFirst()
        let isNumber = text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        if separator == ".", isNumber, text.utf8.count <= 5, let number = Int(text) {
            self.mark = .number(number)
        } else if text.utf8.count >= 8, text.utf8.allSatisfy(Self.standsInDate), text.first?.isNumber == true {
            self.mark = .date(String(text))
        } else {
            return nil
        }
    }

    private static func standsInDate(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: ":"),
            UInt8(ascii: "T"):
            true
        default:
            false
        }
    }
}
