// SPDX-License-Identifier: Apache-2.0

/// One thing wrong in a settings file: where, what, and what would be right.
public struct Problem: Error, Hashable, Sendable {
    /// The file, as it was named to us.
    public var file: String
    /// The line, from 1; `nil` where the file as a whole is meant.
    public var line: Int?
    /// The key's path as a person would write it, such as `domain[2].name`; empty for the file as a whole.
    public var key: String
    /// What is wrong.
    public var complaint: String
    /// What would be right, or the nearest thing that is; empty where nothing better is known.
    public var advice: String

    /// A problem at a known place.
    public init(file: String, line: Int?, key: String, complaint: String, advice: String = "") {
        self.file = file
        self.line = line
        self.key = key
        self.complaint = complaint
        self.advice = advice
    }
}

extension Problem: CustomStringConvertible {
    /// One line, such as `postern.toml:12: milter.sokcet: unknown key; did you mean "socket"?`.
    public var description: String {
        var text = file
        if let line { text += ":\(line)" }
        if !key.isEmpty { text += ": \(key)" }
        text += ": \(complaint)"
        if !advice.isEmpty { text += "; \(advice)" }
        return text
    }
}

/// Everything that is wrong in a file, in the order of its lines.
public struct Problems: Error, Hashable, Sendable, CustomStringConvertible {
    /// Never empty.
    public let all: [Problem]

    /// Sorts the problems by line, those of the whole file first.
    public init(_ problems: [Problem]) {
        all = problems.sorted { ($0.line ?? 0, $0.key) < ($1.line ?? 0, $1.key) }
    }

    /// One line for each problem.
    public var description: String { all.map(\.description).joined(separator: "\n") }
}
