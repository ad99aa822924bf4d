// SPDX-License-Identifier: Apache-2.0
internal import PostfixWire

/// Reads one file after the other into one receiver.
struct ReplayReader {
    private static let gzipMagic: [UInt8] = [0x1F, 0x8B]
    private static let journalMagic = Array("LPKSHHRH".utf8)
    private static let exportStart = Array("__CURSOR=".utf8)

    let trust: JournalTrust
    let receiver: any LogReceiver
    private var delivery = JournalDelivery()
    private var chunk = [UInt8](repeating: 0, count: LogReplay.chunkSize)

    init(trust: JournalTrust, receiver: any LogReceiver) {
        self.trust = trust
        self.receiver = receiver
    }

    /// Reads a file to its end.
    mutating func read(_ path: String, progress: (ReplayProgress) -> Void) throws(LogFault) {
        let stream = try ReplayStream(path: path)
        if stream.head.starts(with: Self.journalMagic) {
            try readJournal(path, size: stream.size, progress: progress)
            return
        }
        receiver.noticed(.opened(path: path, modified: stream.modified))
        if stream.head.starts(with: Self.gzipMagic) { try stream.unpack() }
        var count = try fill(from: stream)
        let isExport = chunk[..<count].starts(with: Self.exportStart)
        var export = JournalExport()
        var splitter = LineSplitter()
        // What was read before a file's damage is handed on.
        defer { finish(&splitter, &export) }
        while count > 0 {
            if isExport {
                take(count, as: &export)
            } else {
                take(count, as: &splitter)
            }
            progress(ReplayProgress(file: path, bytesRead: stream.bytesRead, size: stream.size))
            count = try fill(from: stream)
        }
    }

    private mutating func fill(from stream: ReplayStream) throws(LogFault) -> Int {
        try chunk.withUnsafeMutableBufferPointer { (buffer) throws(LogFault) in
            try stream.read(into: UnsafeMutableRawBufferPointer(buffer))
        }
    }

    private func take(_ count: Int, as splitter: inout LineSplitter) {
        chunk.withUnsafeBufferPointer { chunk in
            splitter.feed(chunk.span.extracting(first: count)) { line, _ in receiver.receive(line, writtenAt: nil) }
        }
    }

    private mutating func take(_ count: Int, as export: inout JournalExport) {
        chunk.withUnsafeBufferPointer { chunk in
            export.feed(UnsafeBufferPointer(rebasing: chunk[..<count])) { record in
                delivery.deliver(record, trusting: trust, to: receiver)
            }
        }
    }

    private mutating func finish(_ splitter: inout LineSplitter, _ export: inout JournalExport) {
        splitter.finish { line, _ in receiver.receive(line, writtenAt: nil) }
        export.finish { record in delivery.deliver(record, trusting: trust, to: receiver) }
    }

    private mutating func readJournal(_ path: String, size: UInt64?, progress: (ReplayProgress) -> Void)
        throws(LogFault)
    {
        let journal = try Journal(.files([path]), trusting: trust)
        try journal.seekHead()
        receiver.noticed(.opened(path: path, modified: nil))
        var record = JournalRecord()
        while try journal.next() {
            try journal.read(into: &record)
            delivery.deliver(record, trusting: trust, to: receiver)
        }
        progress(ReplayProgress(file: path, bytesRead: size ?? 0, size: size))
    }
}
