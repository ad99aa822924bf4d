// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

extension Kind where Value == String {
    /// A DNS name of two labels or more, given back in lower case.
    static var domainName: Kind {
        .parsed("a domain name such as \"example.com\"") { text in
            guard case .one(let name) = AuthorDomain(fieldValue: "x@\(text)".utf8) else {
                let ascii = text.utf8.allSatisfy { $0 < 0x80 }
                let hint = ascii ? "" : "; write its A-labels (xn--…)"
                return .refused("\(quoted(text)) is not a domain name\(hint)")
            }
            return .value(name)
        } print: {
            $0
        }
    }

    /// One DNS label or several with dots, as a selector may have (RFC 6376 §3.1).
    static var domainLabelPath: Kind {
        .parsed("a selector: letters, digits, hyphens, perhaps dots") { text in
            guard case .one(let name) = AuthorDomain(fieldValue: "x@\(text).x".utf8) else {
                return .refused("\(quoted(text)) is not a selector; letters, digits and hyphens are")
            }
            return .value(String(name.dropLast(2)))
        } print: {
            $0
        }
    }
}

extension Kind where Value == LoginPattern {
    static var loginPattern: Kind {
        .parsed("a login, perhaps with one *") { text in
            guard !text.isEmpty, let pattern = LoginPattern(text) else {
                return .refused("\(quoted(text)) is not a login pattern; it has at most one *")
            }
            return .value(pattern)
        } print: {
            $0.text
        }
    }
}

extension Kind where Value == AddressBlock {
    static var addressBlock: Kind {
        .parsed("an address or network such as \"192.0.2.0/24\"") { text in
            do throws(AddressBlockError) {
                return .value(try AddressBlock(parsing: text))
            } catch {
                return .refused(error.description)
            }
        } print: {
            $0.description
        }
    }
}

extension AddressBlock {
    /// 127.0.0.0/8 and ::1.
    static let loopback = [
        AddressBlock(address: .v4(127 << 24), prefixLength: 8), AddressBlock(address: .v6(0, 1), prefixLength: 128),
    ]
}
