// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternServer
internal import PostfixTools
internal import Replies
internal import Routes
internal import Settings

/// What Postfix reads for the listings: routes.cf, the database behind it, and the status filter.
struct SetupTables {
    /// The configuration file.
    let path: String

    /// Whether one of the files is there and of other rules than those in force, as after an upgrade.
    func areStale() throws -> Bool {
        // Where nothing can be said of them, there are none yet, or the configuration is told of elsewhere.
        guard let wanted = try? contents() else { return false }
        for (file, bytes) in wanted {
            if let now = try SafeFile(file).contents(), now != bytes { return true }
        }
        return false
    }

    func write() throws {
        for (file, bytes) in try contents() { try SafeFile(file).replace(by: bytes) }
        try makeDatabase()
    }

    /// What the files have to hold.
    private func contents() throws -> [(file: String, bytes: [UInt8])] {
        let configuration = try ConfigurationFile.value(of: path, Configuration.load)
        guard let rules = configuration.replies.rules else {
            throw SafeFile.Failure(text: "\(path): mail-log.source is \"none\": listings need a log to hear of them")
        }
        let routes = RoutesConfiguration.text(database: configuration.listings.database)
        let filter = DeliveryStatusFilter(rules).text(version: Version.text)
        return [
            ("/etc/postern/routes.cf", Array(routes.utf8)), ("/etc/postern/delivery-status.pcre", Array(filter.utf8)),
        ]
    }

    /// Makes the database as the daemon's user, whose directory it is: Postfix defers all mail where it finds none.
    private func makeDatabase() throws {
        let own = try FileLink.target(of: "/proc/self/exe")
        let command = Command(
            "/usr/bin/setpriv",
            [
                "--reuid", "postern", "--regid", "postern", "--init-groups", own, "config", "routes", "--create",
                "--config", path,
            ])
        try CommandRunner(limit: .seconds(60)).run(command).orThrow()
    }
}

/// Where a symbolic link leads to.
enum FileLink {
    static func target(of path: String) throws -> String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink(path, &buffer, buffer.count - 1)
        guard count > 0 else { throw SafeFile.Failure(path) }
        return String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
