// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension World {
    /// Writes a file inside, new or anew; a symbolic link is replaced, not followed.
    ///
    /// Its owner is told as "user" or "user:group".
    func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644, owner: String = "root") async throws {
        try await inside {
            unlink(path)
            let file = try SystemCall.check("open \(path)", open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode))
            defer { close(file) }
            try SystemCall.write(bytes, to: file)
            let (user, group) = try Self.ids(of: owner)
            try SystemCall.check("fchown \(path)", fchown(file, user, group))
            try SystemCall.check("fchmod \(path)", fchmod(file, mode))
        }
    }

    /// Writes a text file inside, new or anew, for root to write and all to read.
    func write(_ text: String, to path: String) async throws { try await write(Array(text.utf8), to: path) }

    /// Reads a file inside, its first 64 MiB.
    func read(_ path: String) async throws -> [UInt8] {
        try await inside {
            let file = try SystemCall.check("open \(path)", open(path, O_RDONLY | O_CLOEXEC))
            defer { close(file) }
            return try SystemCall.read(file, limit: 64 << 20)
        }
    }

    /// Removes a file inside, if it is there.
    func remove(_ path: String) async throws {
        try await inside {
            if unlink(path) != 0, errno != ENOENT { throw LabFailure.systemCall("unlink \(path)", errno: errno) }
        }
    }

    /// Has a file inside look as if it were last written so long ago.
    func age(_ path: String, seconds: Int) async throws {
        try await inside {
            let then = timeval(tv_sec: time(nil) - seconds, tv_usec: 0)
            try SystemCall.check("utimes \(path)", utimes(path, [then, then]))
        }
    }

    /// Makes a directory inside, unless it is there, and sets its mode and owner.
    func makeDirectory(_ path: String, mode: mode_t = 0o755, owner: String = "root") async throws {
        try await inside {
            if mkdir(path, mode) != 0, errno != EEXIST { throw LabFailure.systemCall("mkdir \(path)", errno: errno) }
            let (user, group) = try Self.ids(of: owner)
            try SystemCall.check("chown \(path)", chown(path, user, group))
            try SystemCall.check("chmod \(path)", chmod(path, mode))
        }
    }

    /// The numbers of "user", with their own group, or of "user:group".
    private static func ids(of owner: String) throws(LabFailure) -> (uid_t, gid_t) {
        let names = owner.split(separator: ":", maxSplits: 1).map(String.init)
        let user = try numbers(of: names.first ?? "", in: "/etc/passwd")
        let group = names.count == 2 ? try numbers(of: names[1], in: "/etc/group").first : user.last
        guard let uid = user.first, let gid = group else { throw .unknownUser(owner) }
        return (uid, gid)
    }

    /// The numbers in a line of passwd(5) or group(5): uid and gid, or gid.
    ///
    /// Only where these are the world's. The C library's look-up would share one buffer among all threads.
    private static func numbers(of name: String, in path: String) throws(LabFailure) -> [UInt32] {
        let file = try SystemCall.check("open \(path)", open(path, O_RDONLY | O_CLOEXEC))
        defer { close(file) }
        let lines = String(decoding: try SystemCall.read(file, limit: 1 << 20), as: UTF8.self).split(separator: "\n")
        guard let line = lines.first(where: { $0.hasPrefix("\(name):") }) else { throw .unknownUser(name) }
        let fields = line.split(separator: ":", omittingEmptySubsequences: false)
        return fields.dropFirst(2).prefix(2).compactMap { UInt32($0) }
    }
}
