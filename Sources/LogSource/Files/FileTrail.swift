// SPDX-License-Identifier: Apache-2.0
internal import PostfixWire

/// Reads one log from generation to generation, as far as it is written: the follower without its thread.
///
/// It stays with a generation until a younger one has bytes in it, which its writer begins only when it has left the older
/// one. So there always is a place to go on from, however many rotations pass unseen.
final class FileTrail {
    static let chunkSize = 256 * 1024

    let path: String
    private let receiver: any LogReceiver
    private let startPoint: StartPoint
    /// Where to go on while no file is open; `nil` before the first.
    private var place: FilePosition?
    /// The end of the generation before the current one.
    ///
    /// What a log gets between being copied while it is empty and being truncated is in no file afterwards, and then this
    /// is the last place that can be found.
    private var placeBefore: FilePosition?
    private(set) var current: LogFile?
    private var splitter = LineSplitter()
    private var fingerprint = FileFingerprint.empty
    /// Whether a younger generation has been seen to have bytes: the current one is complete.
    private var isComplete = false
    private var sight = Sight()
    /// Whether there was no log at first: then its beginning is as good as its end.
    private var wasAbsent = false
    private var chunk = [UInt8](repeating: 0, count: chunkSize)

    init(path: String, from place: FilePosition?, startAt startPoint: StartPoint, to receiver: any LogReceiver) {
        self.path = path
        self.place = place
        self.startPoint = startPoint
        self.receiver = receiver
    }

    /// Reads what there is to read, unless `stopped` between two batches.
    func readOn(until stopped: () -> Bool = { false }) {
        while !stopped() {
            let isMore = current == nil ? open() : readChunk() || advance()
            guard isMore else { return }
        }
    }

    private var position: FilePosition? {
        guard let current else { return place }
        return FilePosition(
            device: current.status.device, inode: current.status.inode, offset: splitter.resumption,
            fingerprint: fingerprint)
    }

    // MARK: Reading

    /// Hands on the lines of the next chunk.
    /// - Returns: `false` at the end of the file, as it is now.
    private func readChunk() -> Bool {
        guard let file = current else { return false }
        do throws(LogFault) {
            let count = try chunk.withUnsafeMutableBufferPointer { (buffer) throws(LogFault) in
                try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: splitter.offset)
            }
            // Looked at after the bytes were read: they are of this generation only if it still is there.
            guard try stillIsSame(file) else {
                truncated()
                return true
            }
            guard count > 0 else { return false }
            let receiver = receiver
            chunk.withUnsafeBufferPointer { chunk in
                splitter.feed(chunk.span.extracting(first: count)) { line, _ in
                    receiver.receive(line, writtenAt: nil)
                }
            }
            reached()
            return true
        } catch {
            failed(error, reading: file)
            return false
        }
    }

    /// Whether the file begins as before and reaches as far; takes a longer fingerprint of one that has grown.
    private func stillIsSame(_ file: LogFile) throws(LogFault) -> Bool {
        guard !file.isPacked else { return true }
        let beginning = try file.beginning()
        guard fingerprint.matches(beginning) else { return false }
        fingerprint = FileFingerprint(of: beginning)
        return true
    }

    private func reached() {
        if let position { receiver.reached(.file(position)) }
    }

    private func truncated() {
        place = position
        current = nil
        receiver.noticed(.truncated(path: path))
    }

    private func failed(_ fault: LogFault, reading file: LogFile) {
        if file.isPacked {
            receiver.noticed(.damaged(fault))
        } else {
            place = position
            current = nil
            blind(fault.reason)
        }
    }

    // MARK: From one generation to the next

    /// Looks for more to read at the end of the current file: bytes just written, or a younger generation.
    private func advance() -> Bool {
        guard let file = current else { return false }
        do throws(SystemError) {
            let live = try FileStatus(path: path)
            if live.isSameFile(as: file.status) {
                sighted()
                guard live.size >= splitter.offset else {
                    truncated()
                    return true
                }
                return live.size > splitter.offset
            }
        } catch {
            if !error.isAbsence { blind(error.description) }
        }
        guard let listing = GenerationListing.settled(of: path) else { return false }
        guard let successors = listing.successors(of: file, at: fingerprint) else { return true }
        let younger = successors.filter { $0.status.size > 0 }
        guard !younger.isEmpty else { return false }
        guard isComplete else {
            isComplete = true
            return true
        }
        return leave(file, for: younger)
    }

    /// Goes on to the first of `younger` that can be read.
    private func leave(_ file: LogFile, for younger: [Generation]) -> Bool {
        var left: [LogFault] = []
        for generation in younger {
            do throws(LogFault) {
                guard let next = try generation.open() else { return true }
                let beginning = try next.beginning()
                if beginning.isEmpty {
                    // Packed when it was empty, or emptied since it was listed.
                    if generation.isPacked { continue }
                    return true
                }
                if !generation.isLive, isCopyOfLive(beginning, among: younger) { continue }
                // Held open, and known by its beginning, from here on: only now can it be told whether it is the next.
                guard !isAnything(between: file, and: next, beginning: beginning) else { return true }
                let receiver = receiver
                splitter.finish { line, _ in receiver.receive(line, writtenAt: nil) }
                reached()
                for fault in left { receiver.noticed(.gap(.skipped(fault))) }
                receiver.noticed(.rotated(path: next.path))
                placeBefore = position
                begin(next, at: next.start, known: FileFingerprint(of: beginning))
                sighted()
                return true
            } catch {
                left.append(error)
            }
        }
        if let fault = left.last { blind(fault.reason) }
        return false
    }

    /// Whether a predecessor that begins so is being copied from the live file, which will be emptied afterwards.
    private func isCopyOfLive(_ beginning: [UInt8], among younger: [Generation]) -> Bool {
        guard let live = younger.last, live.isLive, let file = try? live.open(), let whole = try? file.beginning()
        else { return false }
        return whole.starts(with: beginning)
    }

    /// Whether there is a generation younger than `file` and older than `next` that could be read.
    private func isAnything(between file: LogFile, and next: LogFile, beginning: [UInt8]) -> Bool {
        guard let successors = GenerationListing.settled(of: path)?.successors(of: file, at: fingerprint),
            let place = successors.firstIndex(where: { $0.status.isSameFile(as: next.status) })
        else { return true }
        return successors[..<place].contains { generation in
            guard generation.status.size > 0 else { return false }
            do throws(LogFault) {
                guard let between = try generation.open() else { return true }
                // Empty once unpacked, or a copy of `next` in the making.
                return try !beginning.starts(with: between.beginning())
            } catch {
                return false
            }
        }
    }

    private func begin(_ file: LogFile, at offset: UInt64, known fingerprint: FileFingerprint) {
        self.fingerprint = fingerprint
        splitter = LineSplitter(offset: offset)
        current = file
        place = nil
        isComplete = false
    }

    // MARK: Opening

    /// Opens the generation in which to go on.
    /// - Returns: Whether there is one, or it is to be looked for again at once.
    private func open() -> Bool {
        guard let listing = GenerationListing.settled(of: path) else { return false }
        do throws(LogFault) {
            guard let place else { return try openFirst(listing) }
            switch listing.find(place) {
            case .unsettled:
                return true
            case .found(let file):
                receiver.noticed(.opened(path: file.path, modified: file.status.modification))
                begin(file, at: place.offset, known: place.fingerprint)
                sighted()
                return true
            case .lost where placeBefore != nil:
                self.place = placeBefore
                placeBefore = nil
                return true
            case .lost:
                // A log that was emptied and not written since: its lines may turn up in a copy yet.
                guard let live = listing.live else { throw absence() }
                guard live.status.size > 0 else { return false }
                return try openAfterGap(live)
            }
        } catch {
            blind(error.reason)
            return false
        }
    }

    private func openAfterGap(_ live: Generation) throws(LogFault) -> Bool {
        guard let file = try live.open() else { return true }
        receiver.noticed(.gap(.positionLost))
        receiver.noticed(.opened(path: file.path, modified: file.status.modification))
        begin(file, at: file.start, known: FileFingerprint(of: try file.beginning()))
        sighted()
        return true
    }

    private func openFirst(_ listing: GenerationListing) throws(LogFault) -> Bool {
        guard let live = listing.live else { throw absence() }
        guard let file = try live.open() else { return true }
        receiver.noticed(.opened(path: path, modified: file.status.modification))
        let fingerprint = FileFingerprint(of: try file.beginning())
        switch startPoint {
        case .end where !wasAbsent: begin(file, at: try file.endOfLastLine(), known: fingerprint)
        case .end, .beginning: begin(file, at: file.start, known: fingerprint)
        }
        sighted()
        reached()
        return true
    }

    /// Why there is no live file.
    private func absence() -> LogFault {
        var reason = SystemError.absent
        do throws(SystemError) {
            _ = try FileStatus(path: path)
        } catch {
            reason = error
        }
        // What is written into a log that begins later is all new.
        if reason.isAbsence { wasAbsent = true }
        return LogFault(path: path, reason: reason.description)
    }

    private func blind(_ reason: String) {
        sight.lose(reason, at: WallClock.now, telling: receiver)
    }

    private func sighted() {
        sight.regain(telling: receiver)
    }
}
