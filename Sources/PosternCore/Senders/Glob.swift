// SPDX-License-Identifier: Apache-2.0

/// A text with `*` for any run of characters and `?` for one.
struct Glob: Hashable, Sendable {
    private let pattern: [Character]

    /// A pattern; every text is one.
    init(_ pattern: String) {
        self.pattern = Array(pattern)
    }

    /// Whether the pattern stands for one text only.
    var isLiteral: Bool { !pattern.contains("*") && !pattern.contains("?") }

    /// Whether the pattern stands for the whole of `text`.
    ///
    /// Goes back to the last `*` only, which suffices, so that no pattern takes more than length times length.
    func matches(_ text: String) -> Bool {
        var position = text.startIndex
        var index = 0
        var star: (index: Int, position: String.Index)?
        while position < text.endIndex {
            if index < pattern.count, pattern[index] == "*" {
                star = (index, position)
                index += 1
            } else if index < pattern.count, pattern[index] == "?" || pattern[index] == text[position] {
                index += 1
                position = text.index(after: position)
            } else if let last = star {
                let next = text.index(after: last.position)
                star = (last.index, next)
                index = last.index + 1
                position = next
            } else {
                return false
            }
        }
        return pattern[index...].allSatisfy { $0 == "*" }
    }
}
