// SPDX-License-Identifier: Apache-2.0

/// The pages and mail addresses that a refusal names, as those to turn to.
enum NamedPlaces {
    /// Places in any answer, at most.
    static let most = 3
    /// The longest place, in bytes; what is longer is no form that a person is to open.
    static let longest = 200

    /// Pages as they stand in the reply, addresses after `mailto:`; none of these domains, whose addresses are the
    /// recipient's and our own.
    static func of(_ reply: String, except domains: Set<String>) -> [String] {
        var places: [String] = []
        for word in reply.utf8.split(whereSeparator: { " \t<>()[]\"',;".utf8.contains($0) }) {
            guard places.count < most, let place = place(Substring(word), except: domains), !places.contains(place)
            else { continue }
            places.append(place)
        }
        return places
    }

    private static func place(_ word: Substring, except domains: Set<String>) -> String? {
        var word = word
        while let last = word.last, ".:!?".contains(last) { word = word.dropLast() }
        guard word.utf8.count <= longest, word.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) else { return nil }
        if word.hasPrefix("https://") || word.hasPrefix("http://") { return String(word) }
        let parts = word.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, let local = parts.first, let domain = parts.last, !local.isEmpty, domain.contains("."),
            !domain.hasPrefix("."), domain.utf8.allSatisfy(isInDomain), !domains.contains(domain.lowercased())
        else { return nil }
        return "mailto:\(word)"
    }

    private static func isInDomain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
