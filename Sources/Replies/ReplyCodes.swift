// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// A set of SMTP reply codes, written as `"550"` or, for all of a first digit, `"5xx"`.
public struct ReplyCodes: Hashable, Sendable {
    /// The codes that are named one by one.
    public private(set) var codes: Set<UInt16> = []
    /// First digits whose codes are all meant.
    public private(set) var families: Set<UInt16> = []

    /// Whether no condition is set.
    public var isEmpty: Bool { codes.isEmpty && families.isEmpty }

    /// The empty set, which admits every reply.
    public init() {}

    /// Adds what `text` names.
    /// - Returns: whether it names anything: `"2xx"`, `"4xx"`, `"5xx"`, or three digits from 200 to 599.
    public mutating func insert(_ text: String) -> Bool {
        if text.count == 3, text.hasSuffix("xx"), let first = UInt16(text.prefix(1)), (2...5).contains(first) {
            families.insert(first)
            return true
        }
        guard text.utf8.count == 3, let code = UInt16(text), (200...599).contains(code) else { return false }
        codes.insert(code)
        return true
    }

    /// Whether a reply of this code may match.
    ///
    /// Where the code is not known, the status code's first digit stands for its family.
    func admits(code: UInt16?, status: EnhancedStatusCode?) -> Bool {
        if isEmpty { return true }
        if let code { return families.contains(code / 100) || codes.contains(code) }
        guard let status else { return false }
        return families.contains(UInt16(status.severity))
    }
}
