// SPDX-License-Identifier: Apache-2.0

/// Whose words a delivery line carries.
public enum NewsSource: Hashable, Sendable {
    /// A host of the provider's, by its whole labels, answered Postfix's own smtp(8) or lmtp(8).
    case provider
    /// Another host answered: whatever it says, it does not speak for the provider.
    case foreignHost
    /// Our own `retry:` row put the message off; no host was asked.
    case ourPause
    /// Postfix's own words: no connection, no DNS answer, "delivery temporarily suspended", expired.
    case postfix
    /// The line is not from Postfix's own smtp(8) or lmtp(8), or a local user may have forged it.
    case untrusted
}
