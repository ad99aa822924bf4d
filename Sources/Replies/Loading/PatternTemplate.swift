// SPDX-License-Identifier: Apache-2.0

/// The two abbreviations that rules may use in a pattern.
enum PatternTemplate {
    /// `{start}`: the reply's start with its codes, so that what follows stands at the place of the reason.
    static let start = #"^(?:[245][0-9]{2}[-; =]+)*(?:#?[245]\.[0-9]{1,3}\.[0-9]{1,3}[-;: ]+)*"#
    /// `{ip}`: a network address, in brackets or not, which is taken as the one that the reply is about.
    static let address =
        #"(?:[\[(<]?(?<address>[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f]{0,4}:[0-9a-f:]*:[0-9a-f:.]*)[\])>]?)"#

    /// One expression that matches where any of `alternatives` does, the abbreviations written out.
    static func expanded(_ alternatives: [String]) -> String {
        let joined = alternatives.count == 1 ? alternatives[0] : alternatives.map { "(?:\($0))" }.joined(separator: "|")
        return replaced("{ip}", by: address, in: replaced("{start}", by: start, in: joined))
    }

    private static func replaced(_ name: String, by text: String, in pattern: String) -> String {
        var result = ""
        var rest = pattern[...]
        while let brace = rest.firstIndex(of: "{") {
            result += rest[..<brace]
            rest = rest[brace...]
            if rest.hasPrefix(name) {
                result += text
                rest = rest.dropFirst(name.count)
            } else {
                result += "{"
                rest = rest.dropFirst()
            }
        }
        return result + rest
    }
}
