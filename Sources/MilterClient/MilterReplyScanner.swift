// SPDX-License-Identifier: Apache-2.0

/// Finds the decisions in what a milter sends, without keeping it.
struct MilterReplyScanner {
    /// What has been seen.
    struct Sight {
        /// The code of the last decision, or of an agreement; `nil` if none has come yet.
        var decision: UInt8?
        /// The modifications before it.
        var modifications = 0
    }

    private var head: (bytes: UInt64, count: Int) = (0, 0)
    private var skip = 0

    /// Reads on; replies may be cut anywhere.
    /// - Throws: ``MilterClientError/badLength(_:)``.
    mutating func read(_ bytes: UnsafeRawBufferPointer, into sight: inout Sight) throws(MilterClientError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let skipped = min(skip, rest.count)
            rest = rest.dropFirst(skipped)
            skip -= skipped
            while head.count < 5, let byte = rest.popFirst() {
                head = (head.bytes << 8 | UInt64(byte), head.count + 1)
            }
            guard head.count == 5 else { return }
            let length = UInt32(head.bytes >> 8)
            let code = UInt8(head.bytes & 0xFF)
            guard (1...MilterChannel.maximumPacketSize).contains(length) else { throw .badLength(length) }
            head = (0, 0)
            skip = Int(length) - 1
            switch code {
            case UInt8(ascii: "h"), UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "q"), UInt8(ascii: "+"),
                UInt8(ascii: "-"), UInt8(ascii: "2"), UInt8(ascii: "e"), UInt8(ascii: "b"):
                sight.modifications += 1
            case UInt8(ascii: "p"): break
            default: sight.decision = code
            }
        }
    }

    /// Whether the last packet has been read whole.
    var isBetweenPackets: Bool { head.count == 0 && skip == 0 }
}
