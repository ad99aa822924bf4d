// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

/// What is noted of a message's header while it goes by, besides what the signer keeps.
struct HeaderNotes {
    /// How many From fields there are.
    private(set) var authorFields = 0
    /// Whose domain the first names.
    private(set) var author = AuthorDomain.unreadable
    /// How many DKIM-Signature fields there are.
    private(set) var signatures = 0
    /// Which of them, from 1, our own keys made.
    private(set) var ourSignatures: [Int] = []
    /// Whether the message says that it goes to many.
    private(set) var isBulk = false
    /// Whether a program answers by it.
    private(set) var isAutomatic = false
    /// The value of X-PHP-Originating-Script.
    private(set) var originatingScript: String?
    private var from: [UInt8] = []
    private var messageID: [UInt8] = []
    private var date: [UInt8] = []
    private var to: [UInt8] = []

    /// Enough of a value to tell messages apart.
    private static let longestNoted = 1024
    /// No honest message has more signatures of ours; each costs an entry.
    private static let mostOfOurs = 100

    /// Notes a field; those that make a `PassedBefore.Mark` only if `marks`.
    mutating func field(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, policy: Policy, marks: Bool
    ) {
        switch name.count {
        case 4 where Self.matches(name, "from"):
            authorFields += 1
            if authorFields == 1 { author = AuthorDomain(fieldValue: value) }
            if marks && from.isEmpty { from = Array(value.prefix(Self.longestNoted)) }
        case 14 where Self.matches(name, "dkim-signature"):
            signatures += 1
            guard ourSignatures.count < Self.mostOfOurs, let signature = ForeignSignature(fieldValue: value) else {
                return
            }
            if policy.isOurs(signature) { ourSignatures.append(signatures) }
        case 14 where Self.matches(name, "auto-submitted"):
            isAutomatic = !Self.begins(value, "no")
        case 10 where Self.matches(name, "precedence"):
            if Self.begins(value, "bulk") || Self.begins(value, "list") || Self.begins(value, "junk") { isBulk = true }
        case 16 where Self.matches(name, "list-unsubscribe"): isBulk = true
        case 7 where Self.matches(name, "list-id"): isBulk = true
        case 24 where originatingScript == nil && Self.matches(name, "x-php-originating-script"):
            originatingScript = String(decoding: value.prefix(Self.longestNoted), as: UTF8.self)
        case 10 where marks && messageID.isEmpty && Self.matches(name, "message-id"):
            messageID = Array(value.prefix(Self.longestNoted))
        case 4 where marks && date.isEmpty && Self.matches(name, "date"):
            date = Array(value.prefix(Self.longestNoted))
        case 2 where marks && to.isEmpty && Self.matches(name, "to"):
            to = Array(value.prefix(Self.longestNoted))
        default: break
        }
    }

    /// The mark by which the message is known again; see `PassedBefore`.
    var mark: PassedBefore.Mark { .init(from: from, messageID: messageID, date: date, to: to) }

    /// Whether a value begins with a word, after blanks and in any case.
    private static func begins(_ value: UnsafeRawBufferPointer, _ lowercase: StaticString) -> Bool {
        let text = value[(value.firstIndex { $0 != 0x20 && $0 != 0x09 } ?? value.endIndex)...]
        let count = lowercase.utf8CodeUnitCount
        guard text.count >= count, matches(UnsafeRawBufferPointer(rebasing: text.prefix(count)), lowercase) else {
            return false
        }
        guard let next = text.dropFirst(count).first else { return true }
        return next <= 0x20 || next == UInt8(ascii: ";") || next == UInt8(ascii: "(")
    }

    private static func matches(_ name: UnsafeRawBufferPointer, _ lowercase: StaticString) -> Bool {
        guard let start = name.baseAddress, name.count == lowercase.utf8CodeUnitCount else { return false }
        return strncasecmp(start.assumingMemoryBound(to: CChar.self), lowercase.charPointer, name.count) == 0
    }
}

extension StaticString {
    fileprivate var charPointer: UnsafePointer<CChar> {
        UnsafeRawPointer(utf8Start).assumingMemoryBound(to: CChar.self)
    }
}
