// SPDX-License-Identifier: Apache-2.0
internal import DatabaseFiles
internal import GRDB
internal import PosternCore

/// Keeps the file open: opens it again where it was taken away, and sets a damaged one aside.
struct LimitFileKeeper: Sendable {
    /// Where the file is.
    let path: String
    private var file: LimitFile?
    private var known: FileIdentity?
    private var lastSetAside: Moment?

    /// An open file, and what happened on the way to it.
    struct Opened: Sendable {
        /// The file.
        let file: LimitFile
        /// Whether it is another than the last that was open, or the first.
        let isNew: Bool
        /// Where the damaged one lies in whose place it was begun, and what was wrong with it.
        let setAside: (kept: String, reason: String)?
    }

    /// A file that is not opened yet.
    init(path: String) {
        self.path = path
    }

    /// The open file.
    /// - Throws: ``LimitFileError`` while it cannot be had; to be asked again later.
    mutating func opened(at now: Moment) throws(LimitFileError) -> Opened {
        if let file, file.isInPlace { return Opened(file: file, isNew: false, setAside: nil) }
        close()
        var setAside: (kept: String, reason: String)?
        let opened: LimitFile
        do throws(LimitFileError) {
            opened = try LimitFile(path: path, known: known)
        } catch {
            // One file a minute: a disk that damages each new one must not be filled with them.
            guard case .damaged(_, let reason) = error, isDue(at: now) else { throw error }
            setAside = (try LimitFile.setAside(path, at: now), reason)
            lastSetAside = now
            opened = try LimitFile(path: path, known: nil)
        }
        file = opened
        known = opened.identity
        return Opened(file: opened, isNew: true, setAside: setAside)
    }

    /// A statement failed: the file is opened anew next time, and looked through first if it is damaged.
    mutating func failed(_ error: LimitFileError) {
        if case .damaged = error { known = nil }
        close()
    }

    /// Lets go of the file.
    mutating func close() {
        try? file?.connection.close()
        file = nil
    }

    private func isDue(at now: Moment) -> Bool {
        guard let lastSetAside else { return true }
        return now < lastSetAside || now >= lastSetAside + .minutes(1)
    }
}
