// SPDX-License-Identifier: Apache-2.0

/// The words of a reply without what differs from message to message, so that alike refusals count as one kind.
///
/// - Words that hold a digit, and eight or more hexadecimal letters, become `#`: numbers, IP addresses, IDs.
/// - Words with an `@` become `@`: mail addresses.
/// - Words with a dot between two letters become `*`: host names and domains.
/// - Blanks and control characters become one blank; a mask that follows the same mask after a blank is left out.
///
/// What remains is for comparing, not for reading: a person is shown the newest sample.
struct RefusalTemplate: Hashable, Sendable {
    /// Bytes of a template, at most.
    static let maximumLength = 256
    /// Bytes of a reply that are looked at, at most.
    static let maximumReply = 2048

    /// The masked words.
    let text: String

    /// The template of a reply.
    init(_ reply: String) {
        var reply = reply
        text = reply.withUTF8 { Self.mask($0) }
    }

    private static func mask(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
        let end = min(bytes.count, maximumReply)
        var out: [UInt8] = []
        out.reserveCapacity(maximumLength)
        var index = 0
        while index < end, out.count < maximumLength {
            let byte = bytes[index]
            if isWord(byte) {
                let start = index
                while index < end, isWord(bytes[index]) { index += 1 }
                append(bytes[start..<index], to: &out)
            } else {
                if byte > 0x20, byte != 0x7F {
                    out.append(byte)
                } else if let last = out.last, last != UInt8(ascii: " ") {
                    out.append(UInt8(ascii: " "))
                }
                index += 1
            }
        }
        return BoundedText.cut(String(decoding: trimmed(out), as: UTF8.self), to: maximumLength)
    }

    /// Appends a word, masked, with the punctuation around it as it is.
    private static func append(_ word: Slice<UnsafeBufferPointer<UInt8>>, to out: inout [UInt8]) {
        guard let first = word.firstIndex(where: { !isEdge($0) }), let last = word.lastIndex(where: { !isEdge($0) })
        else { return out.append(contentsOf: word) }
        out.append(contentsOf: word[word.startIndex..<first])
        guard let mask = mask(for: word[first...last]) else { return out.append(contentsOf: word[first...]) }
        // "for a.example b.example c.example" is the same refusal as one for a single domain.
        if out.count >= 2, out[out.count - 1] == UInt8(ascii: " "), out[out.count - 2] == mask {
            out.removeLast()
        } else {
            out.append(mask)
        }
        out.append(contentsOf: word[(last + 1)...])
    }

    private static func mask(for word: Slice<UnsafeBufferPointer<UInt8>>) -> UInt8? {
        var hexadecimal = true
        var hasDigit = false
        var hasInnerDot = false
        var previousIsDot = false
        for byte in word {
            switch byte {
            case UInt8(ascii: "@"):
                guard word.count > 1 else { return nil }
                return UInt8(ascii: "@")
            case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
            case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): break
            default: hexadecimal = false
            }
            if previousIsDot, isLetter(byte) { hasInnerDot = true }
            previousIsDot = byte == UInt8(ascii: ".")
        }
        if hasDigit || (hexadecimal && word.count >= 8) { return UInt8(ascii: "#") }
        return hasInnerDot ? UInt8(ascii: "*") : nil
    }

    private static func trimmed(_ out: [UInt8]) -> ArraySlice<UInt8> {
        out.last == UInt8(ascii: " ") ? out.dropLast() : out[...]
    }

    /// Letters of any script: what is not ASCII is taken for one.
    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "@")
            || isEdge(byte)
    }

    /// Punctuation that belongs to a word only inside it.
    private static func isEdge(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "/"),
            UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "~"), UInt8(ascii: "%"):
            true
        default: false
        }
    }
}
