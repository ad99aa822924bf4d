// SPDX-License-Identifier: Apache-2.0

/// A key by which OpenDKIM would sign.
public struct ImportedKey: Hashable, Sendable {
    /// The signing domain (`d=`), lower-case.
    public var domain: String
    /// The selector (`s=`).
    public var selector: String
    /// The private key's file.
    public var file: String

    /// A key of its parts.
    public init(domain: String, selector: String, file: String) {
        self.domain = domain
        self.selector = selector
        self.file = file
    }
}
