// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Delisting
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import PostfixTools
internal import Replies
internal import Resolving
internal import StatusModel

struct Delist: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Where to ask a provider to take us off its list, and what to write; also while the daemon does not run.",
        discussion: """
            Nothing is sent: forms want a person. What is told of our mail comes from the ledger, the names from Postfix and \
            the DNS; square brackets are left for you. Tell the daemon with --submitted when the request is on its way: it \
            then looks sooner and more often whether the provider takes mail again. 1 if no refusal is remembered.
            """)

    @Argument(help: "The provider, such as microsoft-consumer; postern listings names those that refuse us.")
    var provider: String
    @Option(help: "An address of ours that is listed, where no refusal names it; may be given more than once.")
    var address: [String] = []
    @Option(
        help: ArgumentHelp(
            "What was done about the cause, as it shall stand in the text; may be given more than once.",
            valueName: "text"))
    var done: [String] = []
    @Flag(help: "Tell the daemon that the request was sent.") var submitted = false
    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @OptionGroup var socket: StatusSocket
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
        for text in address where ClientAddress(parsing: text) == nil {
            throw ValidationError("--address: \"\(Terminal.harmless(text))\" is no IP address")
        }
    }

    func run() async throws {
        if submitted { return try await tellDaemon() }
        let facts = try await facts()
        let request = DelistingRequest(facts)
        if json { try printJSON(request) } else { print(DelistText(request).text) }
        if facts.last == nil { throw ExitStatus.finding }
    }

    private func tellDaemon() async throws {
        var order = ListingOrder()
        order.provider = provider
        order.socket = socket
        let report = try await order.report("delisting-requested")
        if json { try printJSON(report) } else { print(Terminal.harmless(report.message)) }
        if !report.applied { throw ExitStatus.finding }
    }

    private func facts() async throws -> DelistingFacts {
        let configuration = try file.orLeave(Configuration.load)
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        let known = configuration.replies.rules?.providers.providers ?? []
        guard known.isEmpty || known.contains(Provider(provider)) else {
            Terminal.complain(
                "postern: no provider is called \(Terminal.harmless(provider)); "
                    + "there are " + known.map(\.name).sorted().joined(separator: ", "))
            throw ExitStatus.usage
        }
        var facts = try LedgerQuestion.ask(directory ?? configuration.store.directory) { ledger throws(LedgerError) in
            try DelistingFacts(of: Provider(provider), from: ledger, configuration, at: now)
        }
        facts.deeds = done
        let given = address.compactMap { ClientAddress(parsing: $0) }
        if !given.isEmpty { facts.addresses = given.map { SendingAddress($0) } }
        // A host without Postfix, to which a ledger was copied, still gets its text.
        facts.greeting = try? PostfixParameters.read().greeting
        let resolver = Resolver()
        var addresses: [SendingAddress] = []
        for address in facts.addresses { addresses.append(await SendingAddress(address.address, asking: resolver)) }
        facts.addresses = addresses
        await resolver.close()
        return facts
    }
}
