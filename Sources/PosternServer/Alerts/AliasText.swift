// SPDX-License-Identifier: Apache-2.0

/// The right side of an alias, as aliases(5) and virtual(5) have it.
enum AliasText {
    /// The members of a list: addresses, and what is none, as it stands.
    static func members(of text: String) -> [String] {
        var members: [String] = []
        var member = ""
        var isQuoted = false
        var isEscaped = false
        for character in text {
            if isEscaped {
                member.append(character)
                isEscaped = false
                continue
            }
            switch character {
            case "\\" where isQuoted: isEscaped = true
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                members.append(member)
                member = ""
            case _ where character.isWhitespace && !isQuoted:
                // Blanks part the addresses of a forward file, but not a program from its arguments.
                if !isCommand(member) {
                    members.append(member)
                    member = ""
                } else {
                    member.append(character)
                }
            default: member.append(character)
            }
        }
        members.append(member)
        return members.filter { !$0.isEmpty }
    }

    /// Whether a member is a program, a file or a list: nothing that mail can be addressed to.
    static func isDestination(_ member: String) -> Bool {
        isCommand(member) || member.hasPrefix("/") || member.lowercased().hasPrefix(":include:")
    }

    private static func isCommand(_ member: String) -> Bool { member.hasPrefix("|") }
}
