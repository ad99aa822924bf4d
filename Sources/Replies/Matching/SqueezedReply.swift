// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// A reply made ready to be matched, in the scratch's text: one blank for any run of blanks and control characters, and
/// without what only the wire wanted.
///
/// Gone are Postfix's "host X said:" and "host X refused to talk to me:" before a reply, and the code and status that every further line of a reply begins
/// with ("550-5.7.1 … rate of 550-5.7.1 unsolicited mail …"), so that a rule can name words that stand in two lines.
struct SqueezedReply {
    /// The SMTP code at the text's start; `nil` if there is none.
    private(set) var code: UInt16?
    /// The enhanced status code at its place after that; `nil` if there is none.
    private(set) var status: EnhancedStatusCode?

    private static let blank = UInt8(ascii: " ")

    /// Squeezes `text` into `scratch`, no more of it than the scratch holds.
    init(_ text: String, into scratch: MatchScratch) {
        var text = text
        scratch.count = text.withUTF8 { Self.squeeze($0, into: scratch.text) }
        dropReporter(scratch)
        let status = readHead(UnsafeBufferPointer(start: scratch.text, count: scratch.count))
        dropRepeatedHeads(status, scratch)
    }

    private static func squeeze(_ bytes: UnsafeBufferPointer<UInt8>, into text: UnsafeMutablePointer<UInt8>) -> Int {
        var count = 0
        for byte in bytes {
            if byte > blank && byte != 0x7F {
                text[count] = byte
                count += 1
            } else if count > 0 && text[count - 1] != blank {
                text[count] = blank
                count += 1
            }
            if count == MatchScratch.capacity { break }
        }
        // What was cut in the middle of a character loses that character: the text stays valid UTF-8.
        if count == MatchScratch.capacity { count = wholeCharacters(text, count) }
        while count > 0 && text[count - 1] == blank { count -= 1 }
        return count
    }

    private static func wholeCharacters(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        var start = count - 1
        while start > 0 && text[start] & 0xC0 == 0x80 { start -= 1 }
        return start
    }

    /// Drops "host X said: " or "host X refused to talk to me: ", with "delivery temporarily suspended: " before it, if a code
    /// follows: what a person pastes from a log.
    private mutating func dropReporter(_ scratch: MatchScratch) {
        let text = UnsafeBufferPointer(start: scratch.text, count: scratch.count)
        var start = 0
        if Self.has("delivery temporarily suspended: ", in: text, at: 0) { start = 32 }
        guard Self.has("host ", in: text, at: start), let nameEnd = text[(start + 5)...].firstIndex(of: Self.blank)
        else {
            return
        }
        var end = nameEnd
        if Self.has(" said: ", in: text, at: nameEnd) { end += 7 }
        if Self.has(" refused to talk to me: ", in: text, at: nameEnd) { end += 24 }
        guard end > nameEnd, Self.code(in: text, at: end) != nil else { return }
        scratch.count -= end
        scratch.text.update(from: scratch.text + end, count: scratch.count)
    }

    /// Reads code and status at the start.
    /// - Returns: where the status stands, empty if there is none; the words begin at its end.
    private mutating func readHead(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        var index = 0
        if let code = Self.code(in: text, at: 0) {
            self.code = code
            index = 3
            while index < text.count, Self.isSeparator(text[index]) { index += 1 }
        }
        let start = index < text.count && text[index] == UInt8(ascii: "#") ? index + 1 : index
        var end = start
        while end < text.count, Self.isDigit(text[end]) || text[end] == UInt8(ascii: ".") { end += 1 }
        // The shortest is "5.7.1", the longest "5.999.999".
        guard (5...9).contains(end - start), let status = EnhancedStatusCode(prefixOf: text[start..<end]) else {
            return index..<index
        }
        self.status = status
        return start..<end
    }

    /// Drops " 550-5.7.1 ", " 550 5.7.1 " and " 5.7.1 " where they repeat the head.
    private func dropRepeatedHeads(_ status: Range<Int>, _ scratch: MatchScratch) {
        guard code != nil else { return }
        let text = UnsafeBufferPointer(start: scratch.text, count: scratch.count)
        var read = status.upperBound
        var write = read
        while read < text.count {
            let byte = text[read]
            if byte == Self.blank {
                while let end = Self.repeatedHead(status, in: text, at: read + 1) { read = end }
            }
            scratch.text[write] = byte
            write += 1
            read += 1
        }
        scratch.count = write
    }

    /// The last index of a repeated head which begins at `start`, its blank or hyphen; `nil` if none begins there.
    private static func repeatedHead(_ status: Range<Int>, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        guard start < text.count, isDigit(text[start]) else { return nil }
        guard repeats(0..<3, in: text, at: start), start + 3 < text.count, isSeparator(text[start + 3]) else {
            return repeatedStatus(status, in: text, at: start)
        }
        if let end = repeatedStatus(status, in: text, at: start + 4) { return end }
        return start + 3
    }

    private static func repeatedStatus(
        _ status: Range<Int>, in text: UnsafeBufferPointer<UInt8>, at start: Int
    ) -> Int? {
        let end = start + status.count
        guard !status.isEmpty, repeats(status, in: text, at: start), end < text.count, text[end] == blank else {
            return nil
        }
        return end
    }

    /// Whether the bytes in `range`, which lie before `start`, stand at `start` again.
    private static func repeats(_ range: Range<Int>, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard start + range.count <= text.count else { return false }
        for offset in 0..<range.count where text[range.lowerBound + offset] != text[start + offset] { return false }
        return true
    }

    private static func has(_ words: StaticString, in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Bool {
        let words = UnsafeBufferPointer(start: words.utf8Start, count: words.utf8CodeUnitCount)
        return index + words.count <= text.count && text[index..<index + words.count].elementsEqual(words)
    }

    private static func isSeparator(_ byte: UInt8) -> Bool {
        byte == blank || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ";")
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// Three digits from 200 to 599 that no further letter or digit follows.
    private static func code(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> UInt16? {
        guard index + 3 <= text.count else { return nil }
        var code: UInt16 = 0
        for byte in text[index..<index + 3] {
            guard isDigit(byte) else { return nil }
            code = code * 10 + UInt16(byte - UInt8(ascii: "0"))
        }
        guard (200...599).contains(code) else { return nil }
        guard index + 3 < text.count else { return code }
        return isSeparator(text[index + 3]) || text[index + 3] == UInt8(ascii: "=") ? code : nil
    }
}
