// SPDX-License-Identifier: Apache-2.0

/// A look-up table of Postfix, `type:name` (DATABASE_README).
public struct TableName: Hashable, Sendable {
    /// The whole name, as main.cf has it.
    public let text: String
    /// The type, such as `hash`, `pcre` or `proxy`.
    public let type: String
    /// What follows the first colon.
    public let name: String

    /// Reads `type:name`; `nil` unless the type is a word of letters and digits.
    public init?(_ text: some StringProtocol) {
        guard let colon = text.firstIndex(of: ":"), colon > text.startIndex,
            text[..<colon].utf8.allSatisfy({ Self.isOfType($0) })
        else { return nil }
        self.text = String(text)
        type = String(text[..<colon])
        name = String(text[text.index(after: colon)...])
    }

    private static func isOfType(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    /// How it can be found out what the table holds.
    enum Reading: Hashable {
        /// `postmap -s` lists its keys, under this name.
        case listed(String)
        /// It has every key.
        case matchesAll
        /// It has none.
        case matchesNone
        /// Only what it says of one key can be asked.
        case asked
    }

    var reading: Reading {
        switch type {
        case "hash", "btree", "lmdb", "cdb", "dbm", "sdbm", "texthash", "inline": .listed(text)
        // Its server cannot list, but what is behind it can be opened.
        case "proxy": TableName(name).map { $0.reading == .asked ? .asked : $0.reading } ?? .asked
        case "static", "randmap": .matchesAll
        case "fail": .matchesNone
        default: .asked
        }
    }
}
