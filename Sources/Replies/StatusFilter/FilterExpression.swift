// SPDX-License-Identifier: Apache-2.0

/// A rule as one regular expression over what Postfix asks, within a block that has looked at host and code.
///
/// It says what `ReplyRules` does in steps. Postfix compiles it without UTF, without regard to case, and joins a reply's lines with
/// a blank, their codes left in: so a blank of the rule is one that a repeated code may follow, and an optional character is
/// one of UTF-8.
struct FilterExpression {
    let text: String

    /// The entry that keeps mail: the same code, but for its class.
    ///
    /// Postfix 3.7 begins the reason too early where the answer is shorter than the code (dsn_filter.c), and the log would
    /// no longer tell whose words it carries.
    var keeping: String { #"/(?=^5(\.[0-9]{1,3}\.[0-9]{1,3}) )"# + text + "/ 4${1}" }

    /// The expression of a rule; `nil` if its pattern looks for the reply's start elsewhere than at its own.
    init?(of rule: ReplyRule) {
        guard let body = Self.body(of: rule.pattern) else { return nil }
        let phrases = rule.phrases.isEmpty ? "" : "(?=.*?(?:\(Self.alternatives(rule.phrases))))"
        let unless = rule.unless.isEmpty ? "" : "(?!.*?(?:\(Self.alternatives(rule.unless))))"
        let words = phrases + unless + body
        let definition =
            words.contains(Self.blank)
            ? #"(?(DEFINE)(?<b> +(?:\k<c>[-; ]+(?:\k<s> +)?|\k<s> +)*))"# : ""
        text =
            definition + #"^\S+ host \S+ (?:said|refused to talk to me): "# + Self.head(of: rule) + words
    }

    /// A text to be found as it is.
    static func literal(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case " ": result += blank
            case _ where scalar.isASCII && !isWord(scalar): result += "\\\(scalar)"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static let blank = "(?&b)"
    private static let character = #"(?:[\x00-\x7f]|[\xc2-\xf4][\x80-\xbf]{1,3})?"#

    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
    }

    private static func alternatives(_ phrases: [String]) -> String {
        phrases.map(literal).joined(separator: "|")
    }

    /// Looks at code and status, and remembers them.
    private static func head(of rule: ReplyRule) -> String {
        let codes = rule.codes.codes.filter { $0 / 100 == 5 }.sorted().map { "\($0)" }
        let isAnyCode = rule.codes.isEmpty || rule.codes.families.contains(5)
        let code = isAnyCode ? "5[0-9]{2}" : codes.joined(separator: "|")
        let status = rule.statuses.expression(ofSeverity: 5)
        return status.map { "(?=(?<c>\(code))[-; =]+#?(?<s>\($0))(?![0-9.]))" }
            ?? "(?=(?<c>\(code))[-; =](?:[-; =]*#?(?<s>5(?:\\.[0-9]{1,3}){2}))?)"
    }

    private static func body(of pattern: String?) -> String? {
        guard let pattern else { return "" }
        if pattern.hasPrefix(PatternTemplate.start) {
            let rest = pattern.dropFirst(PatternTemplate.start.count)
            // An alternative beside the start's would not stand at it.
            guard let words = translated(rest), !hasBareAlternative(rest) else { return nil }
            return PatternTemplate.start.dropFirst() + words
        }
        return translated(pattern[...]).map { ".*?(?:\($0))" }
    }

    /// Whether a `|` stands outside of all groups and classes.
    private static func hasBareAlternative(_ pattern: Substring) -> Bool {
        var depth = 0
        var isEscaped = false
        var isInClass = false
        for character in pattern {
            defer { isEscaped = character == "\\" && !isEscaped }
            if isEscaped { continue }
            switch character {
            case "[": isInClass = true
            case "]": isInClass = false
            case "(" where !isInClass: depth += 1
            case ")" where !isInClass: depth -= 1
            case "|" where !isInClass && depth == 0: return true
            default: break
            }
        }
        return false
    }

    /// A pattern of the rules in Postfix's dialect; `nil` if it holds a `^`.
    private static func translated(_ pattern: Substring) -> String? {
        var result = ""
        var rest = pattern.replacing("(?<address>", with: "(?:")[...]
        var isInClass = false
        while let character = rest.first {
            rest.removeFirst()
            switch character {
            case "\\":
                result.append(character)
                if let next = rest.popFirst() { result.append(next) }
            case "/": result += "\\/"
            case "[" where !isInClass:
                isInClass = true
                result.append(character)
                // In "[^]…]" and "[]…]" the first "]" is a character of the class.
                if rest.first == "^" { result.append(rest.removeFirst()) }
                if rest.first == "]" { result.append(rest.removeFirst()) }
            case "]":
                isInClass = false
                result.append(character)
            case "^" where !isInClass: return nil
            case " " where !isInClass: result += blank
            case "." where !isInClass && rest.first == "?":
                rest.removeFirst()
                result += Self.character
            default: result.append(character)
            }
        }
        return result
    }
}
