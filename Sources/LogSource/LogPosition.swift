// SPDX-License-Identifier: Apache-2.0

/// Up to where a mail log has been read: what a follower reports after each batch, and takes to go on after a restart.
///
/// A plain value that means nothing but to the kind of source that made it. Whoever stores it together with what the
/// lines before it taught gets every line once.
public enum LogPosition: Hashable, Sendable, Codable {
    /// A place in a log file or one of its rotated predecessors.
    case file(FilePosition)
    /// A place in the systemd journal.
    case journal(JournalPosition)
}
