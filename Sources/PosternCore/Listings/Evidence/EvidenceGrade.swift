// SPDX-License-Identifier: Apache-2.0

/// How much one reply says about whether a provider takes mail from our address.
public enum EvidenceGrade: String, Hashable, Sendable, CaseIterable, Codable {
    /// One is enough: the provider says that our address is on its list.
    case unmistakable
    /// The provider slows us down; two of these in a short time count.
    case precursor
    /// It speaks of our address, but vaguely: it strengthens a precursor.
    case supporting
    /// It says nothing about our address.
    case none
}
