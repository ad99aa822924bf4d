// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer
internal import StatusModel

/// What each order for a provider takes.
struct ListingOrder: ParsableArguments {
    @Argument(help: "The provider, such as microsoft-consumer; postern listings names those that refuse us.")
    var provider: String
    @OptionGroup var socket: StatusSocket

    /// Has the daemon do it and says what came of it.
    func give(_ word: String, _ body: [UInt8] = []) async throws {
        let report = try await report(word, body)
        print(Terminal.harmless(report.message))
        if !report.applied { throw ExitStatus.finding }
    }

    /// Has the daemon do it; what came of it.
    func report(_ word: String, _ body: [UInt8] = []) async throws -> ActionReport {
        guard provider.utf8.allSatisfy({ 0x21...0x7E ~= $0 && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "?") })
        else {
            throw ValidationError("\(Terminal.harmless(provider)) is no provider's name")
        }
        return try await socket.ask { try await $0.order("/v1/listings/\(provider)/\(word)", body) }
    }
}

struct Pause: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keeps a provider's mail in the queue, until told otherwise or for a time.")

    @OptionGroup var order: ListingOrder
    @Option(
        name: .customLong("for"), help: ArgumentHelp("For how long, such as 30m or 2h.", valueName: "duration"))
    var duration: String?

    func run() async throws {
        // Only what a duration is made of, so nothing can end the JSON string.
        if let duration, !duration.utf8.allSatisfy({ 0x30...0x39 ~= $0 || 0x61...0x7A ~= $0 }) {
            throw ValidationError("--for takes a duration such as 30m or 2h")
        }
        try await order.give("pause", Array((duration.map { #"{"for":"\#($0)"}"# } ?? "{}").utf8))
    }
}

struct Resume: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Lets a provider's mail out again, slowly at first; one refusal closes it again.")

    @OptionGroup var order: ListingOrder

    func run() async throws { try await order.give("resume") }
}

struct ProbeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe", abstract: "Lets one message through to a provider now, to see whether it takes it.")

    @OptionGroup var order: ListingOrder

    func run() async throws { try await order.give("probe") }
}
