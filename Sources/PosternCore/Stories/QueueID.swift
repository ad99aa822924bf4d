// SPDX-License-Identifier: Apache-2.0

/// The name under which Postfix keeps one message: short (`AB5E3F8887C`) or long (`4jYSWg2zFWz2Nm8m`).
///
/// Held in place, without a heap object, as one is made for nearly every line of a mail log. A short ID is the
/// microsecond and the inode in hexadecimal and may be used again once its message is removed; a long one is unique
/// (postconf(5), `enable_long_queue_ids`).
public struct QueueID: Hashable, Sendable {
    /// The bytes in the order in which they are written, filled up with zeros; the last byte holds their number.
    let words: (UInt64, UInt64, UInt64)

    /// The longest ID that can be held.
    ///
    /// Postfix's longest has 22 bytes: a long one on a file system of 64-bit inodes.
    public static let maximumLength = 23

    /// Reads an ID that fills `bytes` wholly.
    /// - Returns: `nil` unless these are 5 to 23 ASCII letters or digits, the first a digit or all letters upper case,
    ///   and for `NOQUEUE`, which smtpd(8) writes where a message has no ID yet.
    public init?(_ bytes: Span<UInt8>) {
        guard 5...Self.maximumLength ~= bytes.count else { return nil }
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
        var hasLowerCase = false
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
            case UInt8(ascii: "a")...UInt8(ascii: "z"): hasLowerCase = true
            default: return nil
            }
            let shifted = UInt64(byte) << (56 - 8 * UInt64(index & 7))
            switch index >> 3 {
            case 0: first |= shifted
            case 1: second |= shifted
            default: third |= shifted
            }
        }
        guard !hasLowerCase || bytes[0] <= UInt8(ascii: "9") else { return nil }
        guard first != Self.noQueue else { return nil }
        words = (first, second, third | UInt64(bytes.count))
    }

    /// Reads an ID that fills `text` wholly; see `init(_: Span<UInt8>)`.
    public init?(_ text: String) {
        var text = text
        guard let id = text.withUTF8({ QueueID($0.span) }) else { return nil }
        self = id
    }

    /// `NOQUEUE` as it would lie in the first word.
    private static let noQueue: UInt64 = 0x4E4F_5155_4555_4500

    /// The number of bytes.
    public var count: Int { Int(words.2 & 0xFF) }

    /// Whether both name the same message.
    public static func == (left: QueueID, right: QueueID) -> Bool {
        left.words == right.words
    }

    /// Feeds the ID to a hasher, as one word: Postfix makes the IDs, so nobody can choose them to collide.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(words.0 ^ (words.1 &* 0x9E37_79B9_7F4A_7C15) ^ (words.2 &* 0xC2B2_AE3D_27D4_EB4F))
    }
}

extension QueueID: CustomStringConvertible {
    /// The ID as Postfix writes it.
    public var description: String {
        String(unsafeUninitializedCapacity: Self.maximumLength) { buffer in
            for index in 0..<min(count, Self.maximumLength) {
                let word = index < 8 ? words.0 : index < 16 ? words.1 : words.2
                buffer[index] = UInt8(truncatingIfNeeded: word >> (56 - 8 * UInt64(index & 7)))
            }
            return min(count, Self.maximumLength)
        }
    }
}
