// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc

/// Another text for a file, made beside it with its owner and mode, so that a rename can put it in place at once.
struct FileReplacement {
    let path: String
    let draft: String

    /// Why it cannot be made.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    init(of path: String, by draft: String) {
        self.path = path
        self.draft = draft
    }

    /// Writes what `change` makes of the file's text.
    /// - Throws: ``Failure``.
    func write(_ change: (String) -> String) throws {
        guard let bytes = FileManager.default.contents(atPath: path), let text = String(bytes: bytes, encoding: .utf8)
        else {
            throw Failure(description: "\(path): cannot be read")
        }
        var facts = stat()
        guard stat(path, &facts) == 0 else { throw failure(path) }
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(draft) }
        defer { close(descriptor) }
        let changed = Array(change(text).utf8)
        var offset = 0
        while offset < changed.count {
            let count = changed.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress.map { $0 + offset }, bytes.count - offset)
            }
            guard count > 0 else { throw failure(draft) }
            offset += count
        }
        guard fchown(descriptor, facts.st_uid, facts.st_gid) == 0, fchmod(descriptor, facts.st_mode & 0o7777) == 0,
            fsync(descriptor) == 0
        else { throw failure(draft) }
    }

    private func failure(_ path: String) -> Failure {
        Failure(description: "\(path): \(String(cString: strerror(errno)))")
    }
}
