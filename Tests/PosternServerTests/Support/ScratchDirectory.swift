// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A directory for one test, gone when the test is over.
final class ScratchDirectory {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "postern-" + UUID().uuidString
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Writes a file with exactly this mode, and gives its path.
    func write(_ content: some Collection<UInt8>, to name: String, mode: Int = 0o600) throws -> String {
        let file = path + "/" + name
        try Data(content).write(to: URL(fileURLWithPath: file))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file)
        return file
    }
}
