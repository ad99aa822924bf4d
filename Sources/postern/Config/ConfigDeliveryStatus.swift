// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer
internal import Replies

struct ConfigDeliveryStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delivery-status",
        abstract: "Print the table by which Postfix keeps mail that a listing would return.",
        discussion: """
            For /etc/postern/delivery-status.pcre, which smtp_delivery_status_filter of main.cf names. It is made from the reply \
            rules, the site's own included; after a change of those it is to be made anew, and Postfix reloaded.
            """)

    @OptionGroup var file: ConfigurationFile

    func run() throws {
        let configuration = try file.orLeave(Configuration.load)
        guard let rules = configuration.replies.rules else {
            Terminal.complain("postern: there are no reply rules")
            throw ExitStatus.configuration
        }
        let filter = DeliveryStatusFilter(rules)
        for name in filter.omitted {
            Terminal.complain(
                "postern: rule \"\(Terminal.harmless(name))\" cannot be said in this table: it keeps nothing")
        }
        print(filter.text(version: Version.text), terminator: "")
    }
}
