// SPDX-License-Identifier: Apache-2.0

/// A sender, or several, as a person names them in the configuration.
public struct SenderPattern: Hashable, Sendable {
    private enum Kind: Hashable, Sendable {
        case login(Glob)
        case users(ClosedRange<UInt32>)
        case clients(AddressBlock)
        case forwarder(Glob)
    }

    private let kind: Kind
    /// The pattern as it was written.
    public let text: String

    /// Reads a pattern.
    ///
    /// `uid:33`, `uid:1000-1999`, `client:192.0.2.0/24`, `forwarder:*@example.com` and `login:alice` say what they are
    /// about. Without such a word, an address or network is a client, and everything else a login. `*` stands for any
    /// run of characters, `?` for one. The pattern is folded as logins are.
    /// - Throws: `SenderPatternError` if the text names nobody.
    public init(parsing text: String, folding: LoginFolding = LoginFolding()) throws(SenderPatternError) {
        self.text = text
        guard !text.isEmpty else { throw .empty }
        if let users = text.after(prefix: "uid:") {
            kind = .users(try Self.users(users))
        } else if let network = text.after(prefix: "client:") {
            do {
                kind = .clients(try AddressBlock(parsing: network))
            } catch {
                throw .network(error)
            }
        } else if let address = text.after(prefix: "forwarder:") {
            kind = .forwarder(Glob(folding.fold(String(address))))
        } else if let login = text.after(prefix: "login:") {
            kind = .login(Glob(folding.fold(String(login))))
        } else if let block = try? AddressBlock(parsing: text) {
            kind = .clients(block)
        } else {
            kind = .login(Glob(folding.fold(text)))
        }
    }

    /// The local users of a range.
    public init(users: ClosedRange<UInt32>) {
        kind = .users(users)
        text = users.count == 1 ? "uid:\(users.lowerBound)" : "uid:\(users.lowerBound)-\(users.upperBound)"
    }

    /// Whether the pattern names a single sender; such a one comes before patterns for many.
    public var isExact: Bool {
        switch kind {
        case .login(let glob), .forwarder(let glob): glob.isLiteral
        case .users(let range): range.count == 1
        case .clients(let block): block == AddressBlock(address: block.address, prefixLength: .max)
        }
    }

    /// Whether the pattern names this sender.
    public func matches(_ sender: Sender) -> Bool {
        switch (kind, sender) {
        case (.login(let glob), .login(let login)): glob.matches(login)
        case (.users(let range), .localUser(let uid)): range.contains(uid)
        case (.clients(let block), .client(let address)): block.holdsAccountable(address)
        case (.forwarder(let glob), .forwarder(let address)): glob.matches(address)
        default: false
        }
    }

    private static func users(_ text: Substring) throws(SenderPatternError) -> ClosedRange<UInt32> {
        let bounds = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false).map { UInt32($0) }
        guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, first <= last else {
            throw .users(String(text))
        }
        return first...last
    }
}

extension AddressBlock {
    /// Whether the block names the client that `address` is accountable for.
    ///
    /// An IPv6 client is known by its /64 alone, so
    /// a longer prefix within it names the same client.
    func holdsAccountable(_ address: ClientAddress) -> Bool {
        contains(address) || (prefixLength > 64 && self.address.accountable == address.accountable)
    }
}

extension String {
    /// What follows `prefix`, if the text begins with it in any case.
    func after(prefix: String) -> Substring? {
        let start = self.prefix(prefix.count)
        return start.lowercased() == prefix ? self[start.endIndex...] : nil
    }
}
