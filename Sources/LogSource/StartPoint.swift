// SPDX-License-Identifier: Apache-2.0

/// Where to begin in a log that was never read before.
public enum StartPoint: Hashable, Sendable {
    /// With the first line that is there.
    case beginning
    /// With the first line that is yet to come.
    case end
}
