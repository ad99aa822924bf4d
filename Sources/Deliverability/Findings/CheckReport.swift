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
    public var hasProblem: Bool { findings.contains { $0.severity == .problem } }
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
