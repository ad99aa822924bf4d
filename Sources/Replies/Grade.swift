// SPDX-License-Identifier: Apache-2.0

/// How much one such reply says about whether a provider takes mail from our address.
public enum Grade: String, Hashable, Sendable, CaseIterable {
    /// One is enough: the provider says that our address is on its list.
    case unmistakable
    /// The provider slows us down; such replies come before a listing, and two of them in a short time count.
    case precursor
    /// It speaks of our address, but of one server's own opinion, or vaguely: it strengthens other evidence.
    case supporting
    /// It says nothing about our address.
    case none
}
