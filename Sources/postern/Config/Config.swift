// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer
internal import Replies
internal import Settings

struct Config: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the configuration, or tell what it may hold.",
        subcommands: [
            ConfigCheck.self, ConfigSample.self, ConfigDescribe.self, ConfigRoutes.self, ConfigDeliveryStatus.self,
        ])
}

struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Read the configuration as the daemon would, keys included; 78 if it is wrong.")

    @OptionGroup var file: ConfigurationFile

    func run() throws {
        let configuration = try file.orLeave(Configuration.load)
        let keys = configuration.domains.reduce(0) { $0 + $1.keys.count }
        print("\(file.path): good; \(configuration.domains.count) domains, \(keys) keys, each proven by libopendkim")
        for notice in configuration.notices { print("notice: \(notice)") }
        guard let rules = configuration.replies.rules else { return }
        print("\(rules.rules.count) reply rules, each proven by its samples")
        for notice in rules.notices { print("notice: \(Terminal.harmless("\(notice)"))") }
    }
}

struct ConfigSample: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sample", abstract: "Print a configuration with every key, its default and its meaning.")

    func run() {
        print(Configuration.describe().sample(), terminator: "")
    }
}

struct ConfigDescribe: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "describe", abstract: "Print every key with what it takes and does.")

    @Flag(help: "As the body of a manual page, mdoc(7) source.")
    var manual = false

    func run() {
        let description = Configuration.describe()
        print(manual ? description.manual() : description.listing(), terminator: "")
    }
}
