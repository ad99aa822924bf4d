// SPDX-License-Identifier: Apache-2.0

/// Up to where a source has been read, kept in the same transaction as what was read there.
///
/// After a crash the source is read on from the stored position: nothing is then counted twice, and nothing is skipped.
public struct LedgerPosition: Hashable, Sendable {
    /// Which source; its own name, such as the path of a log.
    public var source: String
    /// The place, in words that only the source understands, such as its JSON.
    public var text: String

    /// A place in a source.
    public init(source: String, text: String) {
        self.source = source
        self.text = text
    }
}
