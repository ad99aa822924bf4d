// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Finds files that others than their owner can change.
enum WritableFiles {
    /// Those of `paths`, and of the directories that hold them, whose mode lets group or others write; a directory with the
    /// sticky bit keeps what is in it from being replaced.
    static func among(_ paths: [String]) -> [String] {
        var found: [String] = []
        for path in paths {
            let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            for candidate in [path, directory] where !candidate.isEmpty && isWritable(candidate) {
                if !found.contains(candidate) { found.append(candidate) }
            }
        }
        return found
    }

    private static func isWritable(_ path: String) -> Bool {
        var facts = stat()
        guard stat(path, &facts) == 0 else { return false }
        if facts.st_mode & S_IFMT == S_IFDIR, facts.st_mode & S_ISVTX != 0 { return false }
        return facts.st_mode & 0o022 != 0
    }
}
