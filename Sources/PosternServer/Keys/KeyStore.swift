// SPDX-License-Identifier: Apache-2.0
public import DKIM
internal import Glibc

/// Writes new private keys where only those who may can read them.
public enum KeyStore {
    /// Why the keys were not written.
    public struct Failure: Error, CustomStringConvertible {
        /// One line for the operator.
        public var description: String
    }

    /// Writes each key to its file; all or none.
    ///
    /// The files are root's, readable for `group`, if root runs this and there
    /// is such a group; else they are the caller's alone. Existing files are never touched.
    public static func write(_ keys: [(file: String, key: SigningKey)], group: String) throws {
        var written: [String] = []
        do {
            for (file, key) in keys {
                try write(try key.pem(), to: file, group: group)
                written.append(file)
            }
        } catch {
            for file in written { unlink(file) }
            throw error
        }
    }

    private static func write(_ pem: [UInt8], to file: String, group: String) throws(Failure) {
        let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else {
            switch errno {
            case EEXIST: throw Failure(description: "\(file) exists; choose another selector, or move it away")
            case ENOENT: throw Failure(description: "\(file): there is no such directory; make it: install -d -m 750 …")
            default: throw Failure(description: "\(file): \(errorText(errno))")
            }
        }
        defer { close(descriptor) }
        let isWritten = pem.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == pem.count
        guard isWritten, fsync(descriptor) == 0 else {
            let reason = errorText(errno)
            unlink(file)
            throw Failure(description: "\(file): \(reason)")
        }
        if geteuid() == 0, let id = KeyFile.groupID(of: group), fchown(descriptor, 0, id) == 0 {
            fchmod(descriptor, 0o640)
        }
    }
}
