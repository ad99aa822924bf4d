// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The readings of replies that came lately: a queue that waits for one host logs the same words for each of its messages.
struct RecentReadings {
    /// How many readings are kept: one for each value of the lowest bits of the hash, the latest.
    static let count = 128
    /// The longest text that is kept, in bytes: what Postfix logs of a reply.
    static let longestText = 2048

    private var entries = [Entry?](repeating: nil, count: count)

    /// All that a reading depends upon.
    struct Question: Hashable {
        let reply: SMTPReply
        let host: String?
        let hostAddress: ClientAddress?
    }

    private struct Entry {
        let question: Question
        let reading: ReplyReading
    }

    /// The place for a question; `nil` if its text is too long to be kept.
    static func place(of question: Question) -> Int? {
        guard question.reply.text.utf8.count <= longestText else { return nil }
        return question.hashValue & (count - 1)
    }

    /// The reading at `place`, if it answers the same question.
    func reading(at place: Int, of question: Question) -> ReplyReading? {
        guard let entry = entries[place], entry.question == question else { return nil }
        return entry.reading
    }

    /// Keeps a reading at `place`, in the stead of the one there.
    mutating func keep(_ reading: ReplyReading, at place: Int, of question: Question) {
        entries[place] = Entry(question: question, reading: reading)
    }
}
