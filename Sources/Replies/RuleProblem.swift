// SPDX-License-Identifier: Apache-2.0

/// Something wrong with a file of rules, told so that it can be mended.
public struct RuleProblem: Hashable, Sendable, CustomStringConvertible {
    /// The file's path, or the directory's.
    public let file: String
    /// The line, from 1; `nil` if the whole file is meant.
    public let line: Int?
    /// What is wrong.
    public let text: String

    /// `file:line: text`, the form that editors can jump to.
    public var description: String {
        if let line { "\(file):\(line): \(text)" } else { "\(file): \(text)" }
    }
}

/// The reasons for which rules were refused; never empty.
public struct RulesRefused: Error, Hashable, CustomStringConvertible {
    /// Every reason that was found, in the order of files and lines.
    public let problems: [RuleProblem]

    /// A line for each reason.
    public var description: String {
        problems.map(\.description).joined(separator: "\n")
    }
}
