// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What happens to a source of log lines beside the lines.
public enum LogSourceEvent: Hashable, Sendable {
    /// A file or the journal is being read; `modified` is the file's time of modification, which dates stamps without a year.
    case opened(path: String, modified: Moment?)
    /// The file before was read to its end, and the one that took its place is read now.
    case rotated(path: String)
    /// The file was emptied in place, as `copytruncate` of logrotate(8) does; what was unread is looked for in its copy.
    case truncated(path: String)
    /// Lines may have been missed.
    case gap(LogGap)
    /// The log cannot be read: whoever depends on it is blind since then. The source tries again by itself.
    case cannotRead(since: Moment, reason: String)
    /// The log can be read again after `cannotRead`.
    case readableAgain(since: Moment)
    /// journald dropped so many messages of Postfix for their rate (`RateLimitBurst=` of journald.conf(5)).
    case suppressed(count: Int)
    /// A file could not be read to its end; what was read of it has been handed on.
    case damaged(LogFault)
}
