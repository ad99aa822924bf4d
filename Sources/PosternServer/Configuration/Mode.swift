// SPDX-License-Identifier: Apache-2.0

/// How far a part of Postern goes.
public enum Mode: String, CaseIterable, Sendable {
    /// It does nothing.
    case off
    /// It decides and counts, and changes nothing.
    case observe
    /// It acts.
    case enforce
}
