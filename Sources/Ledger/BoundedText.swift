// SPDX-License-Identifier: Apache-2.0

/// Texts from elsewhere, made fit to be stored.
enum BoundedText {
    /// The longest beginning of `text` that has at most `bytes` bytes of UTF-8 and cuts no character's scalars.
    ///
    /// U+0000 becomes U+FFFD: SQLite's functions take it for the end of a text.
    static func cut(_ text: String, to bytes: Int) -> String {
        if text.utf8.count <= bytes, !text.utf8.contains(0) { return text }
        var kept = String.UnicodeScalarView()
        var room = bytes
        for scalar in text.unicodeScalars {
            let scalar = scalar == "\0" ? "\u{FFFD}" : scalar
            room -= UTF8.width(scalar)
            guard room >= 0 else { break }
            kept.append(scalar)
        }
        return String(kept)
    }

    /// `text` with each mail address in it replaced by `@`: anything with an `@` between blanks, brackets or commas.
    static func withoutAddresses(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "@")) else { return text }
        return text.split(omittingEmptySubsequences: false) { " \t<>()[],;\"'".contains($0) }
            .reduce(into: "") { result, word in
                if word.startIndex > text.startIndex { result.append(text[text.index(before: word.startIndex)]) }
                result.append(contentsOf: word.utf8.contains(UInt8(ascii: "@")) ? "@" : word)
            }
    }
}
