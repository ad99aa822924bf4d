// SPDX-License-Identifier: Apache-2.0

extension World {
    /// Adds users that the host does not have, each with a group of its own name, to the world's /etc/passwd and /etc/group.
    func addUsers(_ names: [String]) async throws {
        let users = String(decoding: try await read("/etc/passwd"), as: UTF8.self).split(separator: "\n")
        let missing = names.filter { name in !users.contains { $0.hasPrefix("\(name):") } }
        // Above what Debian gives to people (1000 to 59999, adduser.conf), so no number of the host is meant by chance.
        let numbered = missing.enumerated().map { (name: $1, number: 60_100 + $0) }
        try await append(numbered.map { "\($0.name):x:\($0.number):\n" }, to: "/etc/group")
        try await append(
            numbered.map { "\($0.name):x:\($0.number):\($0.number)::/nonexistent:/bin/sh\n" }, to: "/etc/passwd")
    }

    /// Makes a user a member of a group.
    func addMember(_ user: String, toGroup group: String) async throws {
        let lines = String(decoding: try await read("/etc/group"), as: UTF8.self).split(separator: "\n")
        let changed = lines.map { line in
            guard line.hasPrefix("\(group):") else { return String(line) }
            return line + (line.hasSuffix(":") ? "" : ",") + user
        }
        try await write(changed.map { $0 + "\n" }.joined(), to: "/etc/group")
    }

    private func append(_ lines: [String], to path: String) async throws {
        var bytes = try await read(path)
        if let last = bytes.last, last != UInt8(ascii: "\n") { bytes.append(UInt8(ascii: "\n")) }
        try await write(bytes + lines.joined().utf8, to: path)
    }
}
