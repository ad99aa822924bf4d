// SPDX-License-Identifier: Apache-2.0

/// What was done to one subject, so many times within the time asked for.
public struct DeedTotal: Hashable, Sendable {
    /// What was done.
    public let kind: Deed.Kind
    /// Whom or what it touched; `nil` where nobody in particular.
    public let subject: String?
    /// How often.
    public let count: Int
}
