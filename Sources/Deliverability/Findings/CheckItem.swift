// SPDX-License-Identifier: Apache-2.0

/// One thing that was looked at, and what came of it.
public struct CheckItem: Hashable, Sendable, Encodable {
    /// Where it belongs.
    public enum Section: Hashable, Sendable {
        case addresses
        case blocklists
        case domain(String)
        case postfix
        case daemon

        /// For a heading.
        public var title: String {
            switch self {
            case .addresses: "Sending addresses"
            case .blocklists: "Block lists"
            case .domain(let name): name
            case .postfix: "Postfix"
            case .daemon: "Postern"
            }
        }
    }

    /// What came of it.
    public enum Outcome: Hashable, Sendable {
        /// All is well; says what was seen.
        case good(String)
        /// It cannot be told, and why; no fault of ours.
        case unknown(String)
        /// Something is amiss.
        case found(Finding)
    }

    /// Where it belongs.
    public var section: Section
    /// What was looked at, in a word or two.
    public var name: String
    /// What came of it.
    public var outcome: Outcome

    /// An item.
    public init(_ section: Section, _ name: String, _ outcome: Outcome) {
        self.section = section
        self.name = name
        self.outcome = outcome
    }

    /// What is amiss; `nil` if nothing is.
    public var finding: Finding? {
        if case .found(let finding) = outcome { finding } else { nil }
    }

    private enum CodingKeys: String, CodingKey {
        case section, name, state, text, finding
    }

    /// `section`, `name`, `state` (`good`, `unknown`, or the finding's severity), and `text` or `finding`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(section.title, forKey: .section)
        try container.encode(name, forKey: .name)
        switch outcome {
        case .good(let text):
            try container.encode("good", forKey: .state)
            try container.encode(text, forKey: .text)
        case .unknown(let text):
            try container.encode("unknown", forKey: .state)
            try container.encode(text, forKey: .text)
        case .found(let finding):
            try container.encode(finding.severity, forKey: .state)
            try container.encode(finding, forKey: .finding)
        }
    }
}
