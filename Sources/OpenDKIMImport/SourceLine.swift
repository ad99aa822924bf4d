// SPDX-License-Identifier: Apache-2.0

/// A line of a file.
public struct SourceLine: Hashable, Sendable {
    /// The file, as it was named.
    public var file: String
    /// The line, from 1; 0 for the file as a whole.
    public var number: Int

    /// A line of a file.
    public init(file: String, number: Int) {
        self.file = file
        self.number = number
    }
}

extension SourceLine: CustomStringConvertible {
    /// `opendkim.conf:12`.
    public var description: String { number > 0 ? "\(file):\(number)" : file }
}
