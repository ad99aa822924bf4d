// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// A folder for one test, removed with everything in it when the test lets go of it.
public final class ScratchFolder {
    /// Where it is.
    public let path: String

    /// A new, empty folder below the system's temporary directory.
    public init() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        path = folder.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of a name in it.
    public subscript(name: String) -> String { path + "/" + name }

    /// What is in it, sorted.
    public var names: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }
}
