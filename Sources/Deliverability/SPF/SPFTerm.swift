// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// One term of a record (RFC 7208 §4.6.1 and §12).
enum SPFTerm: Hashable {
    case directive(SPFRecord.Directive)
    case redirect(MacroText)
    case explanation(MacroText)
    /// A modifier that this version does not know, and ignores (§6).
    case unknown

    init(_ text: Substring) throws(SPFSyntaxError) {
        let name = text.prefix { $0.isNameCharacter }
        let rest = text[name.endIndex...]
        if rest.first == "=", name.first?.isLetterASCII == true {
            self = try Self.modifier(name.lowercased(), rest.dropFirst())
        } else {
            self = .directive(try Self.directive(text))
        }
    }

    private static func modifier(_ name: String, _ value: Substring) throws(SPFSyntaxError) -> SPFTerm {
        switch name {
        case "redirect": return .redirect(try MacroText(domain: value))
        case "exp": return .explanation(try MacroText(domain: value))
        default:
            _ = try MacroText(value, in: .record)
            return .unknown
        }
    }

    private static func directive(_ text: Substring) throws(SPFSyntaxError) -> SPFRecord.Directive {
        let qualifiers: [Character: SPFResult] = ["+": .pass, "-": .fail, "~": .softfail, "?": .neutral]
        let qualifier = text.first.flatMap { qualifiers[$0] }
        let rest = qualifier == nil ? text : text.dropFirst()
        let name = rest.prefix { $0 != ":" && $0 != "/" }
        return SPFRecord.Directive(
            result: qualifier ?? .pass, mechanism: try mechanism(name.lowercased(), rest[name.endIndex...]),
            text: String(text))
    }

    private static func mechanism(
        _ name: String, _ argument: Substring
    ) throws(SPFSyntaxError) -> SPFRecord.Mechanism {
        switch name {
        case "all":
            guard argument.isEmpty else { throw SPFSyntaxError(complaint: "all takes nothing more") }
            return .all
        case "include": return .include(try MacroText(domain: required(argument)))
        case "exists": return .exists(try MacroText(domain: required(argument)))
        case "ptr": return .names(try domain(argument))
        case "a", "mx":
            let (rest, prefix) = try dualPrefix(argument)
            let target = try domain(rest)
            return name == "a" ? .addresses(target, prefix) : .exchangers(target, prefix)
        case "ip4": return .block(try v4Block(required(argument)))
        case "ip6": return .block(try v6Block(required(argument)))
        default: throw SPFSyntaxError(complaint: "there is no such mechanism")
        }
    }

    /// What follows the colon.
    private static func required(_ argument: Substring) throws(SPFSyntaxError) -> Substring {
        guard argument.first == ":", argument.count > 1 else {
            throw SPFSyntaxError(complaint: "an argument is missing")
        }
        return argument.dropFirst()
    }

    private static func domain(_ argument: Substring) throws(SPFSyntaxError) -> MacroText? {
        argument.isEmpty ? nil : try MacroText(domain: required(argument))
    }

    /// Takes `/24`, `//64` or `/24//64` from the end; a slash elsewhere belongs to the domain.
    private static func dualPrefix(
        _ argument: Substring
    ) throws(SPFSyntaxError) -> (rest: Substring, prefix: SPFRecord.DualPrefix) {
        var prefix = SPFRecord.DualPrefix()
        var rest = argument
        if let (before, digits) = trailingNumber(of: rest), before.last == "/" {
            prefix.v6 = try length(digits, 128)
            rest = before.dropLast()
        }
        if let (before, digits) = trailingNumber(of: rest) {
            prefix.v4 = try length(digits, 32)
            rest = before
        }
        return (rest, prefix)
    }

    /// What stands before a last `/` with only digits after it, and those digits.
    private static func trailingNumber(of text: Substring) -> (before: Substring, digits: Substring)? {
        guard let slash = text.lastIndex(of: "/") else { return nil }
        let digits = text[text.index(after: slash)...]
        guard !digits.isEmpty, digits.allSatisfy(\.isDigitASCII) else { return nil }
        return (text[..<slash], digits)
    }

    /// A prefix length; a leading zero is not in the grammar.
    private static func length(_ digits: Substring, _ most: UInt8) throws(SPFSyntaxError) -> UInt8 {
        guard digits.count == 1 || digits.first != "0", let length = UInt8(digits), length <= most else {
            throw SPFSyntaxError(complaint: "/\(digits) is no prefix length")
        }
        return length
    }

    private static func v4Block(_ text: Substring) throws(SPFSyntaxError) -> AddressBlock {
        let (network, prefix) = try single(text, 32)
        guard network.allSatisfy({ $0.isDigitASCII || $0 == "." }), let address = ClientAddress(parsing: network) else {
            throw SPFSyntaxError(complaint: "\(network) is no IPv4 address")
        }
        return AddressBlock(address: address, prefixLength: prefix)
    }

    private static func v6Block(_ text: Substring) throws(SPFSyntaxError) -> AddressBlock {
        let (network, prefix) = try single(text, 128)
        guard network.contains(":"), network.allSatisfy({ $0.isHexDigit && $0.isASCII || $0 == ":" || $0 == "." }),
            let address = ClientAddress(parsing: network)
        else { throw SPFSyntaxError(complaint: "\(network) is no IPv6 address") }
        // An IPv4-mapped address stands for itself here: no client is ever judged by one (§5).
        if case .v4(let low) = address {
            return AddressBlock(address: .v6(0, 0xFFFF_0000_0000 | UInt64(low)), prefixLength: prefix)
        }
        return AddressBlock(address: address, prefixLength: prefix)
    }

    private static func single(
        _ text: Substring, _ most: UInt8
    ) throws(SPFSyntaxError) -> (network: Substring, prefix: UInt8) {
        guard let slash = text.firstIndex(of: "/") else { return (text, most) }
        return (text[..<slash], try length(text[text.index(after: slash)...], most))
    }
}

extension Character {
    var isDigitASCII: Bool { isASCII && isNumber }
    var isLetterASCII: Bool { isASCII && isLetter }
    /// May stand in a modifier's name (§12).
    fileprivate var isNameCharacter: Bool { isLetterASCII || isDigitASCII || self == "-" || self == "_" || self == "." }
}
