// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternCore
internal import PosternServer
internal import Routes

struct ConfigRoutes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "routes", abstract: "Print routes.cf, by which Postfix finds the routes.",
        discussion: """
            For /etc/postern/routes.cf; the service rewrite-postern of master.cf names it. Ask it as Postfix does with: \
            postmap -q hotmail.com sqlite:/etc/postern/routes.cf
            """)

    @OptionGroup var file: ConfigurationFile
    @Flag(help: "Make the database, if it is not there, and print nothing; as the daemon's user.") var create = false

    func run() throws {
        let configuration = try file.orLeave(Configuration.loadWithoutRules)
        if create { return try makeDatabase(configuration.listings.database) }
        print(RoutesConfiguration.text(database: configuration.listings.database), terminator: "")
    }

    private func makeDatabase(_ path: String) throws {
        do throws(RouteStoreError) {
            try RouteStore(path: path, at: Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))).close()
        } catch {
            Terminal.complain("postern: \(error)")
            throw ExitStatus.finding
        }
    }
}
