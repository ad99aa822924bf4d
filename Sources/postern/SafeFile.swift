// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc

/// A file that is put in place whole: written beside its place, brought to disk, then renamed.
struct SafeFile {
    /// Who owns a file, and what it may.
    struct Ownership {
        var user: uid_t = 0
        var group: gid_t = 0
        var mode: mode_t = 0o644
    }

    /// Why a file cannot be read or put in place.
    struct Failure: Error, CustomStringConvertible {
        let description: String

        init(_ path: String) {
            description = "\(path): \(String(cString: strerror(errno)))"
        }

        init(text: String) {
            description = text
        }
    }

    /// The path; where it is a symbolic link, what that leads to is replaced.
    let path: String

    init(_ path: String) {
        guard let resolved = realpath(path, nil) else {
            self.path = path
            return
        }
        defer { free(resolved) }
        self.path = String(cString: resolved)
    }

    /// What is in it; `nil` if it is not there.
    func contents() throws -> [UInt8]? {
        guard access(path, F_OK) == 0 else { return nil }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Failure(text: "\(path): cannot be read")
        }
        return Array(data)
    }

    /// Its text.
    func text() throws -> String {
        guard let bytes = try contents(), let text = String(validating: bytes, as: UTF8.self) else {
            throw Failure(text: "\(path): cannot be read")
        }
        return text
    }

    /// Replaces it by a text that has been tried: as a file beside it, which `trial` reads and may refuse.
    func replace(
        by text: String, _ ownership: Ownership = Ownership(), trying trial: (_ path: String) throws -> Void
    ) throws {
        let draft = path + ".new"
        defer { unlink(draft) }
        unlink(draft)
        try SafeFile(draft).replace(by: Array(text.utf8), present ?? ownership)
        try trial(draft)
        try replace(by: Array(text.utf8), ownership)
    }

    /// What it is now; `nil` if it is not there.
    private var present: Ownership? {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return nil }
        return Ownership(user: facts.st_uid, group: facts.st_gid, mode: facts.st_mode & 0o7777)
    }

    /// Replaces it; owner and mode stay, or are `ownership` where it was not there.
    func replace(by bytes: [UInt8], _ ownership: Ownership = Ownership()) throws {
        let ownership = present ?? ownership
        let draft = path + ".postern-new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Failure(draft) }
        defer { close(descriptor) }
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                write(descriptor, buffer.baseAddress.map { $0 + offset }, buffer.count - offset)
            }
            guard count > 0 else { throw Failure(draft) }
            offset += count
        }
        guard fchown(descriptor, ownership.user, ownership.group) == 0, fchmod(descriptor, ownership.mode) == 0,
            fsync(descriptor) == 0, rename(draft, path) == 0
        else {
            let failure = Failure(draft)
            unlink(draft)
            throw failure
        }
    }
}
