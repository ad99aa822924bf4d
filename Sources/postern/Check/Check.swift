// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Deliverability
internal import PosternServer

struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Look at this server as receivers do, and at how Postfix is wired; 1 if something must be done.",
        discussion: """
            Asked of the DNS: whether each sending address has a name that leads back to it, and HELO says one that does; \
            whether block lists hold an address; for each signing domain whether MX, SPF (evaluated as RFC 7208 has it, for \
            each address and backup relay), the published DKIM keys and DMARC are as receivers want them. Asked of Postfix: \
            whether main.cf and master.cf name our sockets, routes and status filter, and what would break signatures.

            Each finding says what was seen, why it matters, and the very record to publish or command to run. A problem \
            (✘) ends the command with 1; advice (!) and what cannot be told (?) do not. Where the DNS does not answer at \
            all, that is said once and nothing else is asked of it.
            """)

    @Argument(help: "One domain only, be it in the configuration or not: its MX, SPF, DKIM and DMARC.")
    var domain: String?
    @OptionGroup var file: ConfigurationFile
    @Flag(help: "As JSON.") var json = false

    func run() async throws {
        let check = SiteCheck(try file.orLeave(Configuration.load), path: file.path)
        let progress = CheckProgress()
        let report: CheckReport
        if let domain {
            guard let name = SiteCheck.domain(domain) else {
                throw ValidationError("\(Terminal.harmless(domain)) is not a domain name such as example.com")
            }
            report = await check.run(domain: name) { progress.show($0, of: $1) }
        } else {
            report = await check.run { progress.show($0, of: $1) }
        }
        progress.clear()
        if json {
            try printJSON(report)
        } else {
            print(CheckText(report, width: min(Terminal.size?.columns ?? 100, 120)).text, terminator: "")
        }
        if report.hasProblem { throw ExitStatus.finding }
    }
}
