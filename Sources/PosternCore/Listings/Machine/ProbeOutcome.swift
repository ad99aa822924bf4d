// SPDX-License-Identifier: Apache-2.0

/// What came of a probe.
public enum ProbeOutcome: String, Hashable, Sendable, CaseIterable {
    /// The provider took it.
    case accepted
    /// Refused because of the recipient: the door is open.
    case doorOpen
    /// Refused because of our address.
    case refused
    /// Nothing about our address was said.
    case inconclusive
    /// Postfix put it off by an answer that it had remembered.
    case stillParked
    /// The log did not tell in time.
    case unanswered
    /// It was called off by hand, or other mail had told enough.
    case withdrawn
}
