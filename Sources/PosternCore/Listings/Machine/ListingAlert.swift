// SPDX-License-Identifier: Apache-2.0

/// What people are told of, once for each change.
public enum ListingAlert: String, Hashable, Sendable, CaseIterable {
    /// The provider throttles us; its mail is let out slowly.
    case slowed
    /// The provider refuses our address; its mail waits.
    case listed
    /// The provider refuses our address again, while mail was being let out or within a day after.
    case listedAgain
    /// The provider takes mail again; it is let out step by step.
    case reopening
    /// Mail flows as before.
    case cleared
    /// The log never told what became of the probes.
    case probesUnanswered
}
