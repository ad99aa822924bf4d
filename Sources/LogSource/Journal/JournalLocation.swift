// SPDX-License-Identifier: Apache-2.0

/// Which journal to read.
public enum JournalLocation: Hashable, Sendable {
    /// The journal of this host's services, without those of its users' sessions.
    case system
    /// The journal files in this directory and below, as `journalctl --directory`.
    case directory(String)
    /// These journal files.
    case files([String])

    /// What to call it.
    var name: String {
        switch self {
        case .system: "journal"
        case .directory(let path): path
        case .files(let paths): paths.joined(separator: " ")
        }
    }
}
