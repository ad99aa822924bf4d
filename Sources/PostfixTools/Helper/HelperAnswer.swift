// SPDX-License-Identifier: Apache-2.0

/// What the queue helper answers: one line, after `ok` perhaps bytes of a message.
enum HelperAnswer: Hashable {
    /// `ok COUNT`: so many messages were acted on, or the bytes that were asked for.
    case done(count: Int, content: [UInt8] = [])
    /// `refused WORDS`: it will not do that.
    case refused(String)
    /// `failed WORDS`: it could not do that.
    case failed(String)

    /// The most of a message that is shown, in bytes.
    static let maximumContent = 16 * 1024
    /// The longest answer, in bytes.
    static let maximumLength = maximumContent + 2048

    /// The answer as it is sent; the connection ends after it.
    var bytes: [UInt8] {
        switch self {
        case .done(let count, let content): Array("ok \(count)\n".utf8) + content
        case .refused(let words): Self.line("refused", words)
        case .failed(let words): Self.line("failed", words)
        }
    }

    private static func line(_ verdict: String, _ words: String) -> [UInt8] {
        Array("\(verdict) ".utf8) + words.utf8.prefix(1000).filter { $0 >= 0x20 } + [UInt8(ascii: "\n")]
    }

    /// Reads an answer; `nil` if it is none.
    init?(_ bytes: [UInt8]) {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")),
            let blank = bytes[..<end].firstIndex(of: UInt8(ascii: " "))
        else { return nil }
        let words = String(decoding: bytes[bytes.index(after: blank)..<end], as: UTF8.self)
        switch String(decoding: bytes[..<blank], as: UTF8.self) {
        case "ok":
            guard let count = Int(words) else { return nil }
            self = .done(count: count, content: Array(bytes[bytes.index(after: end)...]))
        case "refused": self = .refused(words)
        case "failed": self = .failed(words)
        default: return nil
        }
    }
}
