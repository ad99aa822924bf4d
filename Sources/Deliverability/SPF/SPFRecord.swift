// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// A domain's policy, read whole: an error anywhere in it spoils all of it (RFC 7208 §4.6).
struct SPFRecord: Hashable {
    /// What a directive compares the client with (§5).
    enum Mechanism: Hashable {
        case all
        case include(MacroText)
        /// The addresses of a name, the domain's own where `nil`.
        case addresses(MacroText?, DualPrefix)
        /// The addresses of a name's mail exchangers.
        case exchangers(MacroText?, DualPrefix)
        case names(MacroText?)
        /// `ip4` and `ip6`.
        case block(AddressBlock)
        case exists(MacroText)
    }

    /// How many leading bits are compared, for each family (§5.6).
    struct DualPrefix: Hashable {
        var v4: UInt8 = 32
        var v6: UInt8 = 128
    }

    /// A mechanism and what its match means.
    struct Directive: Hashable {
        var result: SPFResult
        var mechanism: Mechanism
        /// As the record has it.
        var text: String
    }

    /// In the order of the record.
    private(set) var directives: [Directive] = []
    /// Whose policy is taken where no directive matches (§6.1).
    private(set) var redirect: MacroText?
    /// Where the explanation is (§6.2).
    private(set) var explanation: MacroText?

    /// Whether a TXT record is one of SPF, of this version (§4.5).
    static func isRecord(_ text: [UInt8]) -> Bool {
        let version = "v=spf1".utf8.count
        guard String(decoding: text.prefix(version), as: UTF8.self).lowercased() == "v=spf1" else { return false }
        return text.count == version || text[version] == UInt8(ascii: " ")
    }

    /// Reads a record that `isRecord` has taken for one.
    init(_ text: [UInt8]) throws(SPFSyntaxError) {
        guard text.allSatisfy({ 0x20...0x7E ~= $0 }) else {
            throw SPFSyntaxError(complaint: "it holds bytes that are not printable ASCII")
        }
        for term in String(decoding: text.dropFirst(6), as: UTF8.self).split(separator: " ") {
            do throws(SPFSyntaxError) {
                try take(SPFTerm(term))
            } catch {
                throw SPFSyntaxError(complaint: "\(term.prefix(80)): \(error.complaint)")
            }
        }
    }

    private mutating func take(_ term: SPFTerm) throws(SPFSyntaxError) {
        switch term {
        case .directive(let directive): directives.append(directive)
        case .redirect(let target):
            guard redirect == nil else { throw SPFSyntaxError(complaint: "redirect stands twice") }
            redirect = target
        case .explanation(let target):
            guard explanation == nil else { throw SPFSyntaxError(complaint: "exp stands twice") }
            explanation = target
        case .unknown: break
        }
    }
}
