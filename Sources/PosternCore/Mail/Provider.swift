// SPDX-License-Identifier: Apache-2.0

/// A family of MX hosts under one policy, such as `microsoft-consumer`; named by the provider table of the reply rules.
public struct Provider: Hashable, Sendable {
    /// Lower-case letters, digits and hyphens.
    public let name: String

    /// A provider by its name in the provider table.
    public init(_ name: String) {
        self.name = name
    }
}

extension Provider: CustomStringConvertible {
    /// The name.
    public var description: String { name }
}
