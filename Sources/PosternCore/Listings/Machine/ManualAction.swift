// SPDX-License-Identifier: Apache-2.0

/// What somebody ordered for a provider.
public enum ManualAction: Hashable, Sendable {
    /// Let nothing out, until a moment or until further notice.
    case pause(until: Moment?)
    /// Let mail out again: ends a pause by hand, and takes a listing to `reopening`.
    case resume
    /// Probe a listing now.
    case probe
    /// A request to be taken off the provider's list was submitted.
    case delistingRequested
}
