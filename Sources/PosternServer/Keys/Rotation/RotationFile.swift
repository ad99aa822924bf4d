// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc

/// Where a rotation is remembered: a file beside the keys, which only who may write keys can write.
public struct RotationFile: Sendable {
    /// The file.
    public let path: String
    private let domain: String
    private let directory: String

    /// Why it cannot be read or written.
    public struct Failure: Error, CustomStringConvertible {
        /// One line for the operator.
        public var description: String
    }

    /// The largest file that is read, in bytes.
    private static let largest = 64 * 1024

    /// The file of a domain among the keys of a directory.
    public init(of domain: String, in directory: String) {
        path = "\(directory)/\(domain).rotation.json"
        self.domain = domain
        self.directory = directory
    }

    /// The rotation that runs; `nil` if none does.
    ///
    /// The directory may be another user's, such as OpenDKIM's: the file counts only if we or root wrote it, and names
    /// nothing but keys that lie beside it.
    public func read() throws(Failure) -> KeyRotation? {
        let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure(path)
        }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, facts.st_mode & 0o022 == 0,
            facts.st_uid == 0 || facts.st_uid == geteuid(),
            let bytes = try? handle.read(upToCount: Self.largest + 1), bytes.count <= Self.largest,
            let rotation = try? JSONDecoder().decode(KeyRotation.self, from: bytes), rotation.domain == domain,
            rotation.steps.allSatisfy({ isOurs($0) })
        else { throw Failure(description: "\(path) cannot be read, or is not what was written there") }
        return rotation
    }

    private func isOurs(_ step: KeyRotation.Step) -> Bool {
        !step.newSelector.contains("/") && step.newFile == "\(directory)/\(domain).\(step.newSelector).pem"
    }

    /// Remembers a rotation; on disk when this returns.
    public func write(_ rotation: KeyRotation) throws(Failure) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(rotation) else { throw Failure(description: "\(path) cannot be written") }
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw failure(draft) }
        defer { close(descriptor) }
        let isWritten = data.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) } == data.count
        guard isWritten, fsync(descriptor) == 0, rename(draft, path) == 0 else {
            let failure = failure(path)
            unlink(draft)
            throw failure
        }
    }

    /// Forgets it.
    public func remove() throws(Failure) {
        guard unlink(path) == 0 || errno == ENOENT else { throw failure(path) }
    }

    private func failure(_ path: String) -> Failure { Failure(description: "\(path): \(errorText(errno))") }
}
