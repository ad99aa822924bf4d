// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A directory of its own for the files of one measurement.
struct ScratchFiles {
    /// Where it is.
    let directory: String

    init() throws {
        let template = FileManager.default.temporaryDirectory.appending(path: "postern-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: template, withIntermediateDirectories: false,
            // A key of the measurement lies here.
            attributes: [.posixPermissions: 0o700])
        directory = template.path
    }

    /// The path of a name in it.
    func path(_ name: String) -> String { "\(directory)/\(name)" }

    func write(_ text: String, to name: String) throws {
        try text.write(toFile: path(name), atomically: true, encoding: .utf8)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: directory)
    }
}
