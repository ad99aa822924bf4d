// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
import PostfixTools
import Testing

/// A configuration directory of its own for Postfix's programs, removed with the last reference.
final class PostfixSite {
    let directory: String

    /// A directory with this main.cf and an empty master.cf.
    init(_ main: String) throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "postern-\(UUID().uuidString)").path()
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        try write("compatibility_level = 3.6\n" + main.replacing("DIR", with: directory), to: "main.cf")
        try write("", to: "master.cf")
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    var programs: PostfixPrograms { PostfixPrograms(configuration: directory) }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: URL(filePath: "\(directory)/\(name)"))
    }

    /// Makes an indexed table.
    func index(_ type: String, _ name: String, _ text: String) throws {
        try write(text, to: name)
        try CommandRunner().run(Command("/usr/sbin/postmap", ["-c", directory, "\(type):\(directory)/\(name)"]))
            .orThrow()
    }

    func parameters() throws -> PostfixParameters { try PostfixParameters.read(programs) }

    func domains(excluding excluded: Set<String> = []) throws -> SiteDomains {
        ProtectedDomainsReader(programs: programs, excluding: excluded).read(try parameters())
    }
}
