// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

/// A provider's hosts and recipient domains, as a file of rules gives them.
struct ProviderEntry {
    let provider: Provider
    let title: String?
    let suffixes: [String]
    let domains: [String]

    /// Reads the entry that a section holds.
    init(_ section: Section) {
        provider = Provider(
            section.required("name", .text, example: "gmail", help: "The provider's name, by which rules call it."))
        title = section.optional(
            "title", .text, example: "Gmail", help: "What people call it, where that is not its name.")
        suffixes = section.value(
            "hosts", .list(of: .hostName), default: [], help: "Suffixes of its MX hosts; they match whole labels.")
        domains = section.value(
            "domains", .list(of: .hostName), default: [], help: "Recipient domains that hint at it.")
    }
}

extension Kind where Value == String {
    /// Letters, digits, hyphens and underscores in at least two labels, perhaps with a dot before them.
    static var hostName: Kind {
        .parsed("a host name such as \"mx.example.com\"") { text in
            isHostName(text)
                ? .value(text) : .refused("\(quoted(text)) is no host name; write other letters as an A-label")
        } print: {
            $0
        }
    }

    private static func isHostName(_ text: String) -> Bool {
        let name = text.hasPrefix(".") ? text.dropFirst() : text[...]
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isLabelByte) }
    }

    private static func isLabelByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}
