// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Finds network addresses in a reply's words.
enum AddressScanner {
    /// The first address in `text` that is not `excluded` (the MX's own, which many replies name too).
    static func first(in text: UnsafeBufferPointer<UInt8>, except excluded: ClientAddress?) -> ClientAddress? {
        var index = 0
        while index < text.count {
            guard isPart(text[index]) else {
                index += 1
                continue
            }
            var end = index
            while end < text.count, isPart(text[end]) { end += 1 }
            // "host1.2.3.4" and "5.7.1-x" are names; an address stands between other characters.
            let startsWord = index == 0 || !isWord(text[index - 1])
            let endsWord = end == text.count || !isWord(text[end])
            if startsWord, endsWord, let address = address(in: text[index..<end]), address != excluded {
                return address
            }
            index = end
        }
        return nil
    }

    /// The address that `text` is, a full stop or colon of the sentence after it aside.
    static func address(in text: some BidirectionalCollection<UInt8>) -> ClientAddress? {
        // The shortest addresses that occur are "::1" and "1.1.1.1"; the longest has 45 characters.
        guard (3...47).contains(text.count), text.contains(where: { $0 == 0x2E || $0 == 0x3A }) else { return nil }
        let words = String(decoding: text, as: UTF8.self)
        if let address = ClientAddress(parsing: words) { return address }
        guard let last = words.last, last == "." || last == ":" else { return nil }
        return ClientAddress(parsing: words.dropLast())
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66, 0x2E, 0x3A: true
        default: false
        }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
