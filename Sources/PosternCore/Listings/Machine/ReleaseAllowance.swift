// SPDX-License-Identifier: Apache-2.0

/// How much of a provider's mail may go now.
public enum ReleaseAllowance: Hashable, Sendable, Codable {
    /// All of it, as it comes.
    case everything
    /// So many a minute, the retries among them.
    case perMinute(Int)
    /// None but a probe.
    case nothing
}
