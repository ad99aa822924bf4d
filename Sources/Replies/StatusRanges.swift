// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// Enhanced status codes, written as `"5.7.1"` or, for a range of the last number, `"5.7.606-649"`.
public struct StatusRanges: Hashable, Sendable {
    private var ranges: [Range] = []

    private struct Range: Hashable {
        let first: EnhancedStatusCode
        let last: UInt16
    }

    /// Whether no condition is set.
    public var isEmpty: Bool { ranges.isEmpty }

    /// No condition.
    public init() {}

    /// Adds what `text` names.
    /// - Returns: whether it names a status code or a rising range of them.
    public mutating func insert(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard let head = parts.first, let first = EnhancedStatusCode(head) else { return false }
        switch parts.count {
        case 1:
            ranges.append(Range(first: first, last: first.detail))
        case 2:
            guard let last = UInt16(parts[1]), last > first.detail, last <= 999 else { return false }
            ranges.append(Range(first: first, last: last))
        default:
            return false
        }
        return true
    }

    /// A regular expression for those of one first digit; `nil` if there are none.
    func expression(ofSeverity severity: UInt8) -> String? {
        let texts = ranges.filter { $0.first.severity == severity }.map { range in
            let details = (range.first.detail...max(range.first.detail, range.last)).map { "\($0)" }
            return "\(severity)\\.\(range.first.subject)\\.(?:\(details.joined(separator: "|")))"
        }
        return texts.isEmpty ? nil : texts.joined(separator: "|")
    }

    /// Whether a reply of this status may match; a reply without one matches only where there is no condition.
    func admits(_ status: EnhancedStatusCode?) -> Bool {
        if ranges.isEmpty { return true }
        guard let status else { return false }
        return ranges.contains {
            $0.first.severity == status.severity && $0.first.subject == status.subject
                && ($0.first.detail...$0.last).contains(status.detail)
        }
    }
}
