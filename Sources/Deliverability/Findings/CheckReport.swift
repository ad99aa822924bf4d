// SPDX-License-Identifier: Apache-2.0

/// All that one check saw, in the order in which it is read.
public struct CheckReport: Hashable, Sendable, Encodable {
    /// What was looked at.
    public var items: [CheckItem]

    /// A report.
    public init(_ items: [CheckItem]) {
        self.items = items
    }

    /// What is amiss.
    public var findings: [Finding] { items.compactMap(\.finding) }

    /// Whether something must be done.
    public var hasProblem: Bool { count(of: .problem) > 0 }

    /// How many findings there are of a severity.
    public func count(of severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

    private enum CodingKeys: String, CodingKey {
        case problems, advice, items
    }

    /// `problems` and `advice`, how many there are, and `items`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(count(of: .problem), forKey: .problems)
        try container.encode(count(of: .advice), forKey: .advice)
        try container.encode(items, forKey: .items)
    }
}

extension CheckReport {
    /// This report, without problems that an earlier one does not have.
    public func confirming(_ earlier: CheckReport) -> CheckReport {
        let before = Set(earlier.findings.map { CheckMemory.Known($0) })
        return CheckReport(
            items.filter { item in
                guard let finding = item.finding, finding.severity == .problem else { return true }
                return before.contains(CheckMemory.Known(finding))
            })
    }
}
