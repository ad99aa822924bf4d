// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// Reads the lines of one mail log, in their order.
///
/// Each line is read from left to right by the form that its daemon gives it. What a client or a remote server worded
/// comes last in every form, and is never searched for fields. Reading makes no heap objects and costs a few hundred
/// nanoseconds a line.
public struct LogLineParser: Sendable {
    /// The longest line that is read, in bytes; what is beyond is not looked at.
    public static let maximumLength = LineSplitter.maximumLength

    /// Dates the stamps.
    public var calendar: LogCalendar
    /// Lines that were Postfix's by their tag but not by their form.
    public private(set) var malformedCount = 0
    /// Lines that begin with `warning:`, `error:`, `fatal:` or `panic:`.
    public private(set) var troubleCount = 0

    /// A parser for one file, from its start.
    public init(calendar: LogCalendar) {
        self.calendar = calendar
    }

    /// Reads a line of a log file, without its LF: an optional syslog priority, stamp, host, tag, message.
    public mutating func parse(_ line: Span<UInt8>) -> LogLine {
        let line = line.extracting(first: Self.maximumLength)
        var index = 0
        Self.skipPriority(in: line, at: &index)
        guard let stamp = LogStamp.read(in: line, at: &index), let tag = Self.tag(in: line, at: &index) else {
            return .foreign
        }
        guard let time = calendar.moment(of: stamp) else {
            malformedCount += 1
            return .malformed
        }
        return parse(line, from: index, by: tag, at: time)
    }

    /// Reads a line that has no stamp and no host, `postfix/smtp[123]: …`, as a journal gives tag and message, written at `time`.
    public mutating func parse(_ line: Span<UInt8>, writtenAt time: Moment) -> LogLine {
        let line = line.extracting(first: Self.maximumLength)
        var index = 0
        guard let tag = LogTag.read(in: line, at: &index) else { return .foreign }
        return parse(line, from: index, by: tag, at: time)
    }

    private mutating func parse(_ line: Span<UInt8>, from start: Int, by tag: LogTag, at time: Moment) -> LogLine {
        var index = start
        Self.skipMessageID(in: line, at: &index)
        guard let (queueID, event) = LogGrammar.read(line, at: index, by: tag.daemon) else {
            malformedCount += 1
            return .malformed
        }
        if case .trouble = event { troubleCount += 1 }
        return .record(LogRecord(time: time, tag: tag, queueID: queueID, event: event))
    }

    /// `<22>`, as on the wire (RFC 3164 §4.1.1); some collectors keep it.
    private static func skipPriority(in line: Span<UInt8>, at index: inout Int) {
        var end = index
        if line.skip("<", at: &end), let priority = line.number(at: &end), priority < 192, line.skip(">", at: &end) {
            index = end
        }
    }

    /// `[ID 197553 mail.info] `, which Solaris puts before each message.
    private static func skipMessageID(in line: Span<UInt8>, at index: inout Int) {
        if line.has("[ID ", at: index), let end = line.place(of: "] ", from: index) { index = end + 2 }
    }

    /// The tag, behind a host name or nothing, and behind a facility, which FreeBSD writes as `<mail.info>`.
    ///
    /// Every other word that stands where the tag should is the tag of another program, and what follows is its to word.
    private static func tag(in line: Span<UInt8>, at index: inout Int) -> LogTag? {
        if let tag = LogTag.read(in: line, at: &index) { return tag }
        guard skipWord(in: line, at: &index) else { return nil }
        if line.has("<", at: index) { _ = skipWord(in: line, at: &index) }
        return LogTag.read(in: line, at: &index)
    }

    /// Steps over a word and the blank behind it, unless it ends with a colon, as tags do.
    private static func skipWord(in line: Span<UInt8>, at index: inout Int) -> Bool {
        guard let blank = line.place(of: UInt8(ascii: " "), from: index), blank > index,
            line[blank - 1] != UInt8(ascii: ":")
        else { return false }
        index = blank + 1
        return true
    }
}
