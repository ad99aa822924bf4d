// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import DKIM
internal import PosternCore
internal import PosternServer

struct DKIMShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Print the DNS records of a domain's keys, ready to paste.")

    @Argument(help: "The signing domain.") var domain: String
    @Argument(help: "One selector only.") var selector: String?
    @OptionGroup var file: ConfigurationFile
    @Flag(help: "Name and value in one line each, for a provider's form.") var oneLine = false

    func run() throws {
        let keys = try file.orLeave(Configuration.loadWithoutRules).domains
            .filter { $0.plan.name == domain.lowercased() }.flatMap(\.keys).map(\.key)
            .filter { selector == nil || $0.selector == selector }
        guard !keys.isEmpty else {
            Terminal.complain("postern: \(file.path) has no such key; postern dkim list tells which there are")
            throw ExitStatus.finding
        }
        for key in keys { print(oneLine ? "\(key.dnsName)\t\(key.dnsRecord)" : key.zoneFileRecord) }
    }
}
