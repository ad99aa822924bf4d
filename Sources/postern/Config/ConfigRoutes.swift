// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
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

    func run() throws {
        let configuration = try file.orLeave(Configuration.loadWithoutRules)
        print(RoutesConfiguration.text(database: configuration.listings.database), terminator: "")
    }
}
