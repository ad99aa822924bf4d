// SPDX-License-Identifier: Apache-2.0
internal import Dispatch
internal import Foundation
internal import Glibc
public import Logging
internal import Synchronization

/// Writes log lines to standard error on a thread of its own.
///
/// Whoever logs never waits: a reader of the log that has stopped (a hung journal, a full pipe) fills a bounded queue,
/// and what does not fit is dropped and counted; the count is logged when lines move again.
public final class LogWriter: Sendable {
    private struct Queue {
        var lines: [[UInt8]] = []
        var bytes = 0
        var dropped = 0
        var isWriting = false
    }

    /// The most bytes that wait.
    static let capacity = 1 << 20

    private let queue = Mutex(Queue())
    private let bell = DispatchSemaphore(value: 0)
    private let descriptor: Int32
    private let marksPriority: Bool

    /// A writer to standard error, with priorities where that is systemd's journal.
    public convenience init() {
        self.init(descriptor: STDERR_FILENO, marksPriority: getenv("JOURNAL_STREAM") != nil)
    }

    /// A writer to `descriptor`, each line beginning with `<6>` or the like for systemd's journal if `marksPriority`.
    init(descriptor: Int32, marksPriority: Bool) {
        self.descriptor = descriptor
        self.marksPriority = marksPriority
        let thread = Thread { [self] in
            while true { drain() }
        }
        thread.name = "log"
        thread.start()
    }

    /// A handler for `LoggingSystem.bootstrap`.
    public func handler(label: String) -> any LogHandler {
        LineLogHandler(writer: self)
    }

    /// Waits until all that was logged is written, at most for half a second: for the end of the process.
    public func flush() {
        for _ in 0..<500 where queue.withLock({ $0.isWriting || !$0.lines.isEmpty }) { usleep(1000) }
    }

    func write(_ text: String, level: Logger.Level) {
        var line = Array((marksPriority ? "<\(level.priority)>" : "\(level.word)").utf8)
        for byte in text.utf8 {
            // A line of ours must stay one line, whatever a sender or a remote server wrote.
            line.append(byte < 0x20 || byte == 0x7F ? UInt8(ascii: "?") : byte)
        }
        line.append(UInt8(ascii: "\n"))
        queue.withLock { queue in
            guard queue.bytes + line.count <= Self.capacity else { return queue.dropped += 1 }
            queue.bytes += line.count
            queue.lines.append(line)
        }
        bell.signal()
    }

    private func drain() {
        bell.wait()
        // Rings that came meanwhile are about the same queue.
        while bell.wait(timeout: .now()) == .success {}
        var (lines, dropped) = queue.withLock { queue in
            defer { queue = Queue(isWriting: true) }
            return (queue.lines, queue.dropped)
        }
        defer { queue.withLock { $0.isWriting = false } }
        if dropped > 0 {
            lines.append(Array("postern: \(dropped) log lines dropped: the reader of the log stood still\n".utf8))
        }
        for line in lines { put(line) }
    }

    private func put(_ line: [UInt8]) {
        var offset = 0
        while offset < line.count {
            let written = line.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            if written > 0 { offset += written } else if errno != EINTR { return }
        }
    }
}

/// One line per message: the text, then the metadata as `key=value`.
private struct LineLogHandler: LogHandler {
    let writer: LogWriter
    var logLevel = Logger.Level.info
    var metadata = Logger.Metadata()

    init(writer: LogWriter) {
        self.writer = writer
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var text = event.message.description
        let all = event.metadata.map { metadata.merging($0) { $1 } } ?? metadata
        for (key, value) in all.sorted(by: { $0.key < $1.key }) { text += " \(key)=\(value)" }
        writer.write(text, level: event.level)
    }
}

extension Logger.Level {
    /// The syslog priority (sd-daemon(3)).
    fileprivate var priority: Int {
        switch self {
        case .trace, .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        case .critical: 2
        }
    }

    fileprivate var word: String {
        switch self {
        case .trace, .debug, .info, .notice: "postern: "
        case .warning: "postern: warning: "
        case .error, .critical: "postern: error: "
        }
    }
}
