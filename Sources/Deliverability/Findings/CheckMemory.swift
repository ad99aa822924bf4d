// SPDX-License-Identifier: Apache-2.0

/// What a check that comes again and again has told already.
///
/// Only problems are told, and only once; what is gone and comes back is told again.
public struct CheckMemory: Hashable, Sendable, Codable {
    /// What is to be told of a check.
    public struct News: Hashable, Sendable {
        /// Problems that were not there at the last check.
        public var new: [Finding] = []
        /// Whether there were problems at the last check and there are none now.
        public var isCleared = false
    }

    /// A finding, as far as it is the same from one check to the next.
    struct Known: Hashable, Sendable, Codable {
        var kind: String
        var subject: String

        init(_ finding: Finding) {
            kind = finding.kind.rawValue
            subject = finding.subject
        }
    }

    /// The problems of the last check.
    private(set) var known: Set<Known> = []

    /// More are not remembered; a site with so many has heard of them.
    private static let most = 1000

    /// Nothing is known.
    public init() {}

    /// Takes a report in.
    ///
    /// While the DNS is silent, nothing is learnt of what was found in it before.
    public mutating func take(_ report: CheckReport) -> News {
        let problems = report.findings.filter { $0.severity == .problem }
        let isSilent = problems.contains { $0.kind == .dnsSilent }
        let new = problems.filter { !known.contains(Known($0)) }
        let now = Set(problems.prefix(Self.most).map { Known($0) })
        let isCleared = !known.isEmpty && now.isEmpty
        known = isSilent ? known.union(now) : now
        return News(new: new, isCleared: isCleared)
    }
}
