// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// What one log line says.
///
/// Fields of text are ranges of that line: keep the line as long as they are needed.
public struct LogRecord: Sendable {
    /// When the line was written, by its own stamp.
    public let time: Moment
    /// The program that wrote it.
    public let tag: LogTag
    /// The message it is about.
    public let queueID: QueueID?
    /// What happened.
    public let event: LogEvent
}

/// What became of a line.
public enum LogLine: Sendable {
    /// A line of Postfix.
    case record(LogRecord)
    /// A line of some other program, or none at all.
    case foreign
    /// Postfix's by its tag, but not of the form that Postfix writes: damaged, forged, or from an unknown version.
    case malformed
}
