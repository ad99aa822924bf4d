// SPDX-License-Identifier: Apache-2.0

/// Networks in the order in which a person wrote them; the first that holds an address decides, as in Postfix's lists.
public struct AddressSet: Hashable, Sendable {
    private struct Entry: Hashable, Sendable {
        let block: AddressBlock
        let isMember: Bool
    }

    private var entries: [Entry] = []

    /// A set with nothing in it.
    public init() {}

    /// The addresses of these networks.
    public init(_ blocks: [AddressBlock]) {
        entries = blocks.map { Entry(block: $0, isMember: true) }
    }

    /// Reads networks of which those after a `!` are left out, as in `!192.0.2.7, 192.0.2.0/24` (postconf(5), `mynetworks`).
    public init(parsing texts: [String]) throws(AddressBlockError) {
        for text in texts {
            let isMember = !text.hasPrefix("!")
            entries.append(
                Entry(block: try AddressBlock(parsing: isMember ? text[...] : text.dropFirst()), isMember: isMember))
        }
    }

    /// Whether the set holds `client`.
    ///
    /// Takes time in proportion to the networks, of which a site has a handful.
    public func contains(_ client: ClientAddress) -> Bool {
        entries.first { $0.block.contains(client) }?.isMember ?? false
    }
}
