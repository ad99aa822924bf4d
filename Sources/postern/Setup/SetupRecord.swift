// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc
internal import Setup

/// What setup has done to Postfix's files: the edits, and beside it byte copies of each file before and after.
struct SetupRecord: Codable {
    /// The form of this record.
    var version = 1
    /// The directory of main.cf.
    var directory: String
    /// All edits, in their order.
    var edits: [PostfixEdit] = []
    /// The files that nobody else has changed between our edits, so that their copies may be put back.
    var exact: Set<String> = ["main.cf", "master.cf"]

    private static let path = SetupPlaces.record + "/record.json"

    init(directory: String) {
        self.directory = directory
    }

    /// The record; `nil` where setup was not run, or was undone.
    static func load() throws -> SetupRecord? {
        guard let bytes = try SafeFile(path).contents() else { return nil }
        do {
            return try JSONDecoder().decode(SetupRecord.self, from: Data(bytes))
        } catch {
            throw SafeFile.Failure(text: "\(path): not understood; move it away to go on without it")
        }
    }

    /// Writes it; from then on the edits count as made.
    func save() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try SafeFile(Self.path).replace(by: Array(try encoder.encode(self)), .init(mode: 0o600))
    }

    /// What a file was before the first edit, or after the last.
    static func copy(of file: String, _ moment: Moment) throws -> [UInt8]? {
        try SafeFile(path(of: file, moment)).contents()
    }

    /// Keeps what a file was before the first edit, or after the last.
    static func keep(_ bytes: [UInt8], of file: String, _ moment: Moment) throws {
        try SafeFile(path(of: file, moment)).replace(by: bytes, .init(mode: 0o600))
    }

    /// Before the first edit, or after the last.
    enum Moment: String {
        case before
        case after
    }

    private static func path(of file: String, _ moment: Moment) -> String {
        "\(SetupPlaces.record)/\(file).\(moment.rawValue)"
    }

    /// Forgets what was done.
    static func remove() {
        // The record first: without it copies are of no account.
        unlink(path)
        for file in ["main.cf", "master.cf"] {
            unlink(path(of: file, .before))
            unlink(path(of: file, .after))
        }
        rmdir(SetupPlaces.record)
    }
}
