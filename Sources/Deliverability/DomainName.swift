// SPDX-License-Identifier: Apache-2.0

/// What can be said of domain names as text.
enum DomainName {
    /// The most characters of a name, without the final dot (RFC 1035 §2.3.4).
    static let longest = 253

    /// Without its final dot.
    static func bare(_ name: String) -> String {
        name.last == "." ? String(name.dropLast()) : name
    }

    /// Whether the DNS can hold such a name: labels of 1…63 bytes, 253 in all.
    static func isPossible(_ name: String) -> Bool {
        name.utf8.count <= longest
            && name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { 1...63 ~= $0.utf8.count }
    }

    /// Whether it is possible, has more than one label, and can be a mail domain's at all: no literal, no blanks.
    static func isFullyQualified(_ name: String) -> Bool {
        isPossible(name) && name.contains(".")
            && name.utf8.allSatisfy { byte in
                0x21...0x7E ~= byte && !"[]()<>@,;:\\\"".utf8.contains(byte)
            }
    }

    /// Whether `name` is `domain` or lies below it; case does not count.
    static func isSame(_ name: String, orBelow domain: String) -> Bool {
        let name = name.lowercased(), domain = domain.lowercased()
        return name == domain || name.hasSuffix("." + domain)
    }

    /// Labels taken from the left until the name can be asked for (RFC 7208 §7.3).
    static func shortened(_ name: String) -> String {
        var name = Substring(name)
        while name.utf8.count > longest {
            guard let dot = name.firstIndex(of: ".") else { return "" }
            name = name[name.index(after: dot)...]
        }
        return String(name)
    }
}
