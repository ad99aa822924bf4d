// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A folder of a test's own; it and the files straight in it go with the object.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/milter-tests.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(errno: errno) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit {
        if let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafeBytes(of: &entry.pointee.d_name) {
                    String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
                }
                if name != ".", name != ".." { unlink(path + "/" + name) }
            }
            closedir(folder)
        }
        rmdir(path)
    }

    func file(_ name: String) -> String { path + "/" + name }

    struct Failure: Error {
        let errno: Int32
    }
}
