// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A delivery-status table, asked by Postfix's own postmap(1).
struct StatusFilterTable {
    /// Whether this host has what it takes.
    static let isPossible =
        access("/usr/sbin/postmap", X_OK) == 0 && access("/usr/lib/postfix/postfix-pcre.so", R_OK) == 0

    private let file: URL

    init(_ text: String) throws {
        file = FileManager.default.temporaryDirectory.appending(path: "filter-\(UUID().uuidString).pcre")
        try text.write(to: file, atomically: false, encoding: .utf8)
    }

    func remove() { try? FileManager.default.removeItem(at: file) }

    /// What Postfix gets for each question; those without an answer are left out.
    func answers(to questions: [String]) throws -> (found: [String: String], complaints: String) {
        let input = file.appendingPathExtension("in")
        try questions.map { $0 + "\n" }.joined().write(to: input, atomically: false, encoding: .utf8)
        defer { try? FileManager.default.removeItem(at: input) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/sbin/postmap")
        process.arguments = ["-q", "-", "pcre:\(file.path)"]
        let output = Pipe()
        let errors = Pipe()
        process.standardInput = try FileHandle(forReadingFrom: input)
        process.standardOutput = output
        process.standardError = errors
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaints = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        var found: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let tab = line.lastIndex(of: "\t") else { continue }
            found[String(line[..<tab])] = String(line[line.index(after: tab)...])
        }
        return (found, complaints)
    }
}
