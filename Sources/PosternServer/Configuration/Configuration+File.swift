// SPDX-License-Identifier: Apache-2.0
internal import Glibc
public import Settings

extension Configuration {
    /// A configuration is written by people; what is larger is a mistake.
    static let largestFile = 4 * 1024 * 1024

    /// Reads the file at `path`, the key files that it names, and the reply rules.
    public static func load(_ path: String) throws(Problems) -> Configuration {
        try SettingsDocument.read(text(of: path), file: path) { Configuration($0) }
    }

    /// Reads the file at `path` and the key files that it names, for commands to which no reply matters: proving the rules
    /// takes longer than all else.
    public static func loadWithoutRules(_ path: String) throws(Problems) -> Configuration {
        try SettingsDocument.read(text(of: path), file: path) { Configuration($0, readsRules: false) }
    }

    /// What the file may hold, from the declarations.
    public static func describe() -> SectionDescription {
        SettingsDocument.describe { Configuration($0) }
    }

    private static func text(of path: String) throws(Problems) -> String {
        func fail(_ complaint: String) -> Problems {
            Problems([Problem(file: path, line: nil, key: "", complaint: complaint)])
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { throw fail("cannot be opened: \(errorText(errno))") }
        defer { close(descriptor) }
        var facts = stat()
        guard fstat(descriptor, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else {
            throw fail("is not a regular file")
        }
        guard facts.st_size <= largestFile else { throw fail("is larger than \(largestFile) bytes") }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= largestFile {
            let got = read(descriptor, &buffer, buffer.count)
            if got < 0 && errno == EINTR { continue }
            guard got >= 0 else { throw fail("cannot be read: \(errorText(errno))") }
            if got == 0 { break }
            bytes += buffer[..<got]
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw fail("is not UTF-8") }
        return text
    }
}
