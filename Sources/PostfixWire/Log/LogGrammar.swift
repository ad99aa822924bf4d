// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The forms of message that Postfix's daemons write, each in its own extension.
///
/// A function gets the line and the index at which its form begins. It returns `nil` if the line begins like that form but
/// does not go on so: a count for whoever reads, never a guess.
enum LogGrammar {
    /// Reads the message at `start`, with its queue ID if it begins with one.
    static func read(_ line: Span<UInt8>, at start: Int, by daemon: LogDaemon) -> (QueueID?, LogEvent)? {
        var index = start
        guard let queueID = leadingQueueID(line, at: &index) else {
            return withoutID(line, at: start, by: daemon).map { (nil, $0) }
        }
        return event(line, at: index, by: daemon).map { (queueID, $0) }
    }

    private static func leadingQueueID(_ line: Span<UInt8>, at index: inout Int) -> QueueID? {
        var end = index
        guard let id = line.queueID(at: &end), line.skip(": ", at: &end) else { return nil }
        // "warning: " and the like begin as an ID does, but for their lower case; see QueueID.
        index = end
        return id
    }

    private static func event(_ line: Span<UInt8>, at index: Int, by daemon: LogDaemon) -> LogEvent? {
        switch daemon {
        case .smtp, .lmtp:
            return line.has("to=", at: index) ? delivery(line, at: index, by: daemon) : remote(line, at: index)
        case .error, .local, .virtual, .pipe, .discard:
            return line.has("to=", at: index) ? delivery(line, at: index, by: daemon) : .other
        case .qmgr:
            return queueManager(line, at: index)
        case .smtpd:
            return line.has("client=", at: index) ? accepted(line, at: index) : policy(line, at: index)
        case .cleanup:
            return cleanup(line, at: index)
        case .pickup:
            return submitted(line, at: index)
        case .bounce:
            return notification(line, at: index)
        case .postsuper:
            return administration(line, at: index)
        case .postscreen, .master, .script, .other:
            return .other
        }
    }

    private static func withoutID(_ line: Span<UInt8>, at start: Int, by daemon: LogDaemon) -> LogEvent? {
        var index = start
        if let severity = severity(line, at: &index) {
            return .trouble(severity, LineRange(index, line.count))
        }
        switch daemon {
        case .smtpd, .cleanup:
            guard line.skip("NOQUEUE: ", at: &index) else { return .other }
            return policy(line, at: index)
        case .smtp, .lmtp:
            return remote(line, at: index)
        case .master, .script:
            return lifecycle(line, at: index)
        case .pickup, .qmgr, .error, .local, .virtual, .pipe, .discard, .bounce, .postsuper, .postscreen, .other:
            return .other
        }
    }

    private static func severity(_ line: Span<UInt8>, at index: inout Int) -> LogSeverity? {
        if line.skip("warning: ", at: &index) { return .warning }
        if line.skip("error: ", at: &index) { return .error }
        if line.skip("fatal: ", at: &index) { return .fatal }
        if line.skip("panic: ", at: &index) { return .panic }
        return nil
    }

    private static func lifecycle(_ line: Span<UInt8>, at index: Int) -> LogEvent {
        if line.has("daemon started", at: index) || line.has("starting the Postfix", at: index) {
            return .lifecycle(.started)
        }
        if line.has("reload", at: index) || line.has("refreshing the Postfix", at: index) {
            return .lifecycle(.reloaded)
        }
        if line.has("terminating on signal", at: index) || line.has("stopping the Postfix", at: index) {
            return .lifecycle(.stopped)
        }
        return .other
    }
}
