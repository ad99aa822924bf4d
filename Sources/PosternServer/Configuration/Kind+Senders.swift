// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

extension Kind where Value == ClosedRange<UInt32> {
    /// A user ID, or a range of them.
    static var userRange: Kind {
        .parsed("a user's number such as \"33\" or \"1000-1999\"") { text in
            let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { UInt32($0) }
            guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, first <= last else {
                return .refused("\(quoted(text)) is neither a user's number nor a range of them")
            }
            return .value(first...last)
        } print: {
            $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)"
        }
    }
}

extension Kind where Value == Character {
    /// A character of ASCII that no part of an address needs.
    static var tagDelimiter: Kind {
        .parsed("one character such as \"+\"") { text in
            guard let character = text.first, text.count == 1, character.isASCII, !character.isLetter,
                !character.isNumber, character != "@"
            else { return .refused("\(quoted(text)) is not one character between a name and its tag") }
            return .value(character)
        } print: {
            String($0)
        }
    }
}

extension Kind where Value == SenderPattern {
    static var senderPattern: Kind {
        .parsed("a sender or a pattern such as \"uid:38\" or \"*@example.com\"") { text in
            do throws(SenderPatternError) {
                return .value(try SenderPattern(parsing: text))
            } catch {
                return .refused("\(error)")
            }
        } print: {
            $0.text
        }
    }
}
