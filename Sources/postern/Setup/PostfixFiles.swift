// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc
internal import PostfixTools
internal import Setup

/// main.cf and master.cf of one instance, and a draft of both on which postconf(1) is let loose first.
struct PostfixFiles {
    /// The files that are edited.
    static let names = ["main.cf", "master.cf"]

    private static let draftDirectory = SetupPlaces.record + "/draft"

    let directory: String
    let commands: String

    /// What the files hold now.
    func contents() throws -> [String: [UInt8]] {
        var contents: [String: [UInt8]] = [:]
        for name in Self.names {
            guard let bytes = try SafeFile("\(directory)/\(name)").contents() else {
                throw SafeFile.Failure(text: "\(directory)/\(name): is not there")
            }
            contents[name] = bytes
        }
        return contents
    }

    /// What the files would hold after postconf(1) was called with each of these; nothing of Postfix's is touched.
    func draft(_ commands: [[String]], of contents: [String: [UInt8]]) throws -> [String: [UInt8]] {
        let draft = Self.draftDirectory
        try? FileManager.default.removeItem(atPath: draft)
        guard mkdir(draft, 0o700) == 0 else { throw SafeFile.Failure(draft) }
        defer { try? FileManager.default.removeItem(atPath: draft) }
        for (name, bytes) in contents { try SafeFile("\(draft)/\(name)").replace(by: bytes) }
        let survey = PostfixSurvey(directory: draft, commands: self.commands)
        for arguments in commands { try survey.run("postconf", arguments).orThrow() }
        return try PostfixFiles(directory: draft, commands: self.commands).contents()
    }

    /// Says so if somebody has changed the files since they held this: his changes must not be lost.
    func requireUnchanged(since before: [String: [UInt8]]) throws {
        guard try contents() == before else {
            throw SafeFile.Failure(text: "\(directory): main.cf or master.cf was changed meanwhile: run this again")
        }
    }

    /// Puts new contents in the files' places, those that differ, one after the other in this order.
    ///
    /// What is set up begins with main.cf, whose parameters master.cf names; what is taken back ends with it.
    func replace(_ before: [String: [UInt8]], by after: [String: [UInt8]], inOrder names: [String] = names) throws {
        try requireUnchanged(since: before)
        for name in names {
            guard let bytes = after[name], bytes != before[name] else { continue }
            try SafeFile("\(directory)/\(name)").replace(by: bytes)
        }
    }

    /// The difference between two states, as diff(1) shows it; empty if there is none.
    func difference(_ before: [String: [UInt8]], _ after: [String: [UInt8]]) throws -> String {
        var text = ""
        for name in Self.names where before[name] != after[name] {
            let old = "\(SetupPlaces.record)/diff-old"
            let new = "\(SetupPlaces.record)/diff-new"
            defer {
                unlink(old)
                unlink(new)
            }
            try SafeFile(old).replace(by: before[name] ?? [], .init(mode: 0o600))
            try SafeFile(new).replace(by: after[name] ?? [], .init(mode: 0o600))
            let label = "\(directory)/\(name)"
            let result = try CommandRunner().run(
                Command("/usr/bin/diff", ["-u", "--label", label, "--label", label, old, new]))
            text += result.text
        }
        return text
    }

    /// Has a running Postfix read its files again.
    /// - Returns: Whether one runs.
    func reload() throws -> Bool {
        let survey = PostfixSurvey(directory: directory, commands: commands)
        guard try survey.run("postfix", ["status"]).isSuccess else { return false }
        try survey.run("postfix", ["reload"]).orThrow()
        return true
    }
}
