// SPDX-License-Identifier: Apache-2.0

/// Whether a domain must not get a route of ours.
public enum Protection: Hashable, Sendable {
    /// Nothing of the site's stands against it.
    case open
    /// The site receives its mail, or routes it itself; says by what.
    case protected(by: String)
    /// It could not be found out, and why: such a domain gets no route either.
    case unknown(String)
}
