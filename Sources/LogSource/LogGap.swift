// SPDX-License-Identifier: Apache-2.0

/// Why lines may have been missed.
public enum LogGap: Hashable, Sendable {
    /// The place that was read up to is neither in the log nor in a predecessor: reading goes on with what there is.
    case positionLost
    /// A rotated file had to be left out.
    case skipped(LogFault)
}
