// SPDX-License-Identifier: Apache-2.0

/// Something that OpenDKIM's configuration says and that is not, or not quite, in ours.
public struct ImportNote: Hashable, Sendable {
    /// What it means for the mail.
    public enum Weight: Hashable, Sendable {
        /// Nothing: Postern does it by itself, or otherwise.
        case unneeded
        /// It has no counterpart: mail is treated differently, or not signed.
        case lost
    }

    /// Where it stands.
    public var place: SourceLine
    /// What it means.
    public var weight: Weight
    /// What it is, and what to do.
    public var text: String

    /// A note of its parts.
    public init(_ place: SourceLine, _ weight: Weight, _ text: String) {
        self.place = place
        self.weight = weight
        self.text = text
    }
}

extension ImportNote: CustomStringConvertible {
    /// One line.
    public var description: String { "\(place): \(text)" }
}
