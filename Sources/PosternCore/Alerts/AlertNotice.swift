// SPDX-License-Identifier: Apache-2.0

/// What goes out to people as one mail, or one run of their command.
public enum AlertNotice: Hashable, Sendable, Codable {
    /// One alert.
    case alert(Alert)
    /// What came while there was too much to tell each by itself.
    case summary(AlertSummary)
    /// What came in a day.
    case digest(AlertSummary)
}
