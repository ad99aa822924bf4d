// SPDX-License-Identifier: Apache-2.0
internal import CNamespaces
internal import Glibc

/// System calls whose failure is an error of Swift's kind.
enum SystemCall {
    /// Runs a call that answers a negative number when it fails.
    /// - Throws: `LabFailure.systemCall` with `what` and `errno`.
    @discardableResult
    static func check<Answer: SignedInteger>(_ what: @autoclosure () -> String, _ answer: Answer) throws(LabFailure)
        -> Answer
    {
        if answer < 0 { throw .systemCall(what(), errno: errno) }
        return answer
    }

    /// The words of the C library for an `errno`.
    static func text(of number: CInt) -> String {
        guard let text = strerror(number) else { return "error \(number)" }
        return String(cString: text)
    }

    /// A pipe that no other program inherits: (end to read, end to write).
    static func pipe() throws(LabFailure) -> (read: CInt, write: CInt) {
        var ends: [CInt] = [-1, -1]
        try check("pipe2", pipe2(&ends, O_CLOEXEC))
        return (ends[0], ends[1])
    }

    /// A file in memory that no other program inherits, at its beginning, holding `bytes`.
    static func memoryFile(_ name: String, holding bytes: [UInt8] = []) throws(LabFailure) -> CInt {
        let file = try check("memfd_create", memfd_create(name, CNamespaces_MFD_CLOEXEC))
        do throws(LabFailure) {
            try write(bytes, to: file)
            try check("lseek", lseek(file, 0, SEEK_SET))
            return file
        } catch {
            close(file)
            throw error
        }
    }

    /// Writes all of `bytes`.
    static func write(_ bytes: [UInt8], to file: CInt) throws(LabFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            rest = rest.dropFirst(try check("write", count))
        }
    }

    /// Reads from where the file stands to its end, but no more than `limit` bytes.
    static func read(_ file: CInt, limit: Int) throws(LabFailure) -> [UInt8] {
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count < limit {
            let count = Glibc.read(file, &chunk, min(chunk.count, limit - bytes.count))
            if count < 0, errno == EINTR { continue }
            if try check("read", count) == 0 { break }
            bytes += chunk[..<count]
        }
        return bytes
    }
}
