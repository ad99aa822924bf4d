// SPDX-License-Identifier: Apache-2.0

/// Patterns in which `*` stands for any text, none included.
enum Wildcard {
    /// Whether a pattern matches the whole of a text; in time of both lengths multiplied at worst.
    static func matches(_ pattern: String.UTF8View, _ text: String.UTF8View) -> Bool {
        let star = UInt8(ascii: "*")
        var at = pattern.startIndex
        var place = text.startIndex
        // Where the last star stood, and how much of the text it has taken so far.
        var retry: (pattern: String.UTF8View.Index, text: String.UTF8View.Index)?
        while place < text.endIndex {
            if at < pattern.endIndex, pattern[at] == star {
                at = pattern.index(after: at)
                retry = (at, place)
            } else if at < pattern.endIndex, pattern[at] == text[place] {
                at = pattern.index(after: at)
                place = text.index(after: place)
            } else if let last = retry {
                let next = text.index(after: last.text)
                retry = (last.pattern, next)
                (at, place) = (last.pattern, next)
            } else {
                return false
            }
        }
        return pattern[at...].allSatisfy { $0 == star }
    }
}
