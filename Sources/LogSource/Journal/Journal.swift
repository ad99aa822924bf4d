// SPDX-License-Identifier: Apache-2.0
internal import CSystemd
internal import Glibc

/// sd_journal(3), to be used by one thread.
final class Journal {
    private let handle: OpaquePointer
    private let name: String

    /// Opens a journal and looks only at what `trust` may take.
    init(_ location: JournalLocation, trusting trust: JournalTrust) throws(LogFault) {
        name = location.name
        var handle: OpaquePointer?
        let code: Int32 =
            switch location {
            case .system: sd_journal_open(&handle, Int32(SD_JOURNAL_LOCAL_ONLY) | Int32(SD_JOURNAL_SYSTEM))
            case .directory(let path): sd_journal_open_directory(&handle, path, 0)
            case .files(let paths): Self.open(&handle, paths)
            }
        guard code >= 0, let handle else { throw Self.fault(name, code) }
        self.handle = handle
        // Fields of this size are cut when they are read; more than a line may have is not asked for.
        try check(sd_journal_set_data_threshold(handle, 16 * 1024))
        // Without the right to read, opening succeeds with no file.
        if location == .system, sd_journal_has_runtime_files(handle) <= 0, sd_journal_has_persistent_files(handle) <= 0
        {
            throw LogFault(
                path: name, reason: "no journal file may be read; membership in group systemd-journal gives the right")
        }
        try restrict(to: trust)
    }

    deinit { sd_journal_close(handle) }

    private static func open(_ handle: inout OpaquePointer?, _ paths: [String]) -> Int32 {
        let copies = paths.map { $0.utf8CString }
        var pointers: [UnsafePointer<CChar>?] = []
        // Kept in one block, as each pointer must live until the call is over.
        let block = UnsafeMutableBufferPointer<CChar>.allocate(capacity: copies.reduce(1) { $0 + $1.count })
        defer { block.deallocate() }
        var place = 0
        for copy in copies {
            pointers.append(UnsafePointer(block.baseAddress?.advanced(by: place)))
            for character in copy {
                block[place] = character
                place += 1
            }
        }
        pointers.append(nil)
        return sd_journal_open_files(&handle, &pointers, 0)
    }

    /// Matches of one field are alternatives, those of different fields conditions (sd_journal_add_match(3)).
    private func restrict(to trust: JournalTrust) throws(LogFault) {
        guard trust.isSatisfiable else { throw LogFault(path: name, reason: "nobody is trusted to be Postfix") }
        switch trust.origin {
        case .units(let units): for unit in units { try match(.unit, unit) }
        case .programs(let programs): for program in programs { try match(.program, program) }
        }
        if case .these(let users) = trust.users { for user in users { try match(.userID, String(user)) } }
        try check(sd_journal_add_disjunction(handle))
        try match(.messageID, JournalTrust.droppedMessageID)
        try match(.transport, JournalTrust.journaldTransport)
    }

    private func match(_ field: JournalField, _ value: String) throws(LogFault) {
        let text = "\(field.name)=\(value)"
        try check(sd_journal_add_match(handle, text, text.utf8.count))
    }

    /// A descriptor that is readable when `process` has something to do; asked for before seeking, nothing is missed.
    func descriptor() throws(LogFault) -> Int32 { try check(sd_journal_get_fd(handle)) }

    /// Takes note of files that were written, made or removed.
    func process() throws(LogFault) { try check(sd_journal_process(handle)) }

    /// Goes to the next entry.
    /// - Returns: Whether there is one.
    func next() throws(LogFault) -> Bool { try check(sd_journal_next(handle)) > 0 }

    /// Goes before the first entry.
    func seekHead() throws(LogFault) { try check(sd_journal_seek_head(handle)) }

    /// Goes to the last entry there is; if there is none, before the first one to come.
    /// - Returns: Whether there is one.
    func seekLast() throws(LogFault) -> Bool {
        try check(sd_journal_seek_tail(handle))
        // Without this step libsystemd is nowhere in particular, and `next` may begin anywhere.
        guard try check(sd_journal_previous(handle)) > 0 else {
            try seekHead()
            return false
        }
        return true
    }

    /// Goes to the entry of this cursor.
    /// - Returns: Whether it is there; if not, the place is none in particular.
    func step(to cursor: String) throws(LogFault) -> Bool {
        // Any text may come from a store; one that is no cursor is refused here.
        guard sd_journal_seek_cursor(handle, cursor) >= 0, try next() else { return false }
        // Not by comparing texts: one entry may have several cursors (sd_journal_get_cursor(3)).
        return sd_journal_test_cursor(handle, cursor) > 0
    }

    /// Goes so that the next entry is the first taken at `realtime` or later, in microseconds since the Unix epoch.
    func seek(realtime: UInt64) throws(LogFault) { try check(sd_journal_seek_realtime_usec(handle, realtime)) }

    /// Where the current entry stands.
    func position() throws(LogFault) -> JournalPosition {
        var cursor: UnsafeMutablePointer<CChar>?
        try check(sd_journal_get_cursor(handle, &cursor))
        defer { free(cursor) }
        return JournalPosition(cursor: cursor.map { String(cString: $0) } ?? "", realtime: try realtime())
    }

    /// When journald took the current entry, in microseconds since the Unix epoch.
    func realtime() throws(LogFault) -> UInt64 {
        var time: UInt64 = 0
        try check(sd_journal_get_realtime_usec(handle, &time))
        return time
    }

    /// Reads the current entry.
    func read(into record: inout JournalRecord) throws(LogFault) {
        record.clear()
        record.realtime = try realtime()
        // In one pass: asking for each field by its name makes libsystemd go through all of them each time.
        sd_journal_restart_data(handle)
        var data: UnsafeRawPointer?
        var length = 0
        while sd_journal_enumerate_available_data(handle, &data, &length) > 0 {
            UnsafeRawBufferPointer(start: data, count: length).withMemoryRebound(to: UInt8.self) { bytes in
                guard let equals = bytes.firstIndex(of: UInt8(ascii: "=")),
                    let field = JournalField(name: UnsafeBufferPointer(rebasing: bytes[..<equals])), !record.has(field)
                else { return }
                record.append(UnsafeBufferPointer(rebasing: bytes[(equals + 1)...]), to: field)
            }
        }
    }

    @discardableResult
    private func check(_ code: Int32) throws(LogFault) -> Int32 {
        guard code >= 0 else { throw Self.fault(name, code) }
        return code
    }

    private static func fault(_ name: String, _ code: Int32) -> LogFault {
        LogFault(path: name, reason: SystemError(code: 0 &- code).description)
    }
}
