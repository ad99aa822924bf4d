// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Routes
import ScratchSpace

/// Postfix's own postmap(1), asking a database of routes as trivial-rewrite(8) does: as a user who may only read.
struct Postmap {
    /// Whether this host has it, and we may become another user.
    static let isPossible =
        geteuid() == 0 && access("/usr/sbin/postmap", X_OK) == 0
        && access("/usr/lib/postfix/postfix-sqlite.so", R_OK) == 0 && getpwnam("nobody") != nil

    let table: String

    /// A table over the database, and a directory that the reader's group may look into.
    init(_ database: String, in folder: ScratchFolder) throws {
        chown(folder.path, .max, getpwnam("nobody").map(\.pointee.pw_gid) ?? 0)
        chmod(folder.path, 0o2750)
        let file = folder["routes.cf"]
        try RoutesConfiguration.text(database: database).write(toFile: file, atomically: false, encoding: .utf8)
        chmod(file, 0o644)
        table = "sqlite:\(file)"
    }

    /// What one run said.
    struct Answer: Equatable {
        /// What was found, without the line's end; empty if nothing was.
        var text: String
        /// 0: found, 1: not found; also 1 after an error, which `errors` tells.
        var status: CInt
        /// Warnings and errors.
        var errors: String

        static func found(_ text: String) -> Answer { Answer(text: text, status: 0, errors: "") }
        static let notFound = Answer(text: "", status: 1, errors: "")
    }

    /// `postmap -q KEY`.
    func callAsFunction(_ key: String, as user: String = "nobody") throws -> Answer {
        try run(["/usr/sbin/postmap", "-q", key, table], as: user)
    }

    private func run(_ command: [String], as user: String) throws -> Answer {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = Self.becoming(user) + command
        let output = Pipe()
        let errors = Pipe()
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Answer(
            text: text.hasSuffix("\n") ? String(text.dropLast()) : text, status: process.terminationStatus,
            errors: complaints)
    }

    private static func becoming(_ user: String) -> [String] {
        ["--reuid", user, "--regid", user == "nobody" ? "nogroup" : user, "--clear-groups", "--"]
    }
}
