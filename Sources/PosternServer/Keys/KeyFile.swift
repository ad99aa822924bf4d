// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Reads a private key's file, if nobody but those who may can read or write it.
///
/// What is judged is the opened file, not the path: no race between check and use. Opening never hangs on a FIFO or
/// device, and never reads more than a key can have.
enum KeyFile {
    /// Why a file is not read.
    struct Refusal: Error, Hashable {
        var complaint: String
        var advice: String = ""
    }

    /// An RSA key of 16384 bits has about 13 KiB as PEM.
    static let largest = 64 * 1024

    /// The bytes of the file at `path`, which `group` may read besides its owner.
    static func read(_ path: String, readableBy group: String) throws(Refusal) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw Refusal(complaint: "cannot be opened: \(errorText(errno))") }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0 else {
            throw Refusal(complaint: "cannot be looked at: \(errorText(errno))")
        }
        try judge(facts, path: path, group: group)
        var bytes = [UInt8](repeating: 0, count: Int(facts.st_size))
        var filled = 0
        while filled < bytes.count {
            let got = bytes.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress.map { $0 + filled }, $0.count - filled)
            }
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw Refusal(complaint: "cannot be read: \(errorText(errno))") }
            if got == 0 { break }
            filled += got
        }
        return Array(bytes[..<filled])
    }

    private static func judge(_ facts: stat, path: String, group: String) throws(Refusal) {
        guard facts.st_mode & S_IFMT == S_IFREG else { throw Refusal(complaint: "is not a regular file") }
        guard facts.st_size <= largest else { throw Refusal(complaint: "is too large for a key") }
        guard facts.st_uid == 0 || facts.st_uid == geteuid() else {
            throw Refusal(
                complaint: "belongs to uid \(facts.st_uid)",
                advice: "it must belong to root or to the daemon's user: chown root \(path)")
        }
        guard facts.st_mode & 0o007 == 0 else {
            throw Refusal(complaint: "is open to every user of this host", advice: "chmod o= \(path)")
        }
        guard facts.st_mode & 0o030 == 0 else {
            throw Refusal(complaint: "can be changed by a group", advice: "chmod g-wx \(path)")
        }
        guard facts.st_mode & 0o040 == 0 || groupID(of: group) == facts.st_gid else {
            throw Refusal(
                complaint: "can be read by group \(facts.st_gid)",
                advice: "chgrp \(group) \(path), or name that group: signing.key-group")
        }
    }

    /// The number of a group, if there is one of this name.
    static func groupID(of name: String) -> gid_t? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 16 * 1024)
        guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        return entry.gr_gid
    }
}

/// The system's words for an error number.
func errorText(_ number: Int32) -> String {
    String(cString: strerror(number))
}
