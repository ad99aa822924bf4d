// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternServer
internal import StatusModel

struct ListingsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "listings", abstract: "Which providers refuse or slow down our address, and what waits for them.")

    @OptionGroup var socket: StatusSocket
    @Flag(help: "As JSON.") var json = false
    @OptionGroup var watching: Watching

    func run() async throws {
        try await watching.run { try await show() }
    }

    private func show() async throws {
        if json {
            return print(String(decoding: try await socket.ask { try await $0.get("/v1/listings") }, as: UTF8.self))
        }
        let report = try await socket.ask { try await $0.get("/v1/listings", as: ListingsReport.self) }
        if let since = report.blindSince {
            print(Terminal.styled("blind since \(since)", .red) + ": no new pause opens until the mail log can be read")
        }
        if report.listings.isEmpty { return print("no provider refuses our address (listings: \(report.mode))") }
        let rows = report.listings.map { Self.row($0) }
        print(
            Table(
                [
                    "provider", "state", "since", "code", "next probe", "let out", "waiting", "oldest",
                    "delisting asked",
                ], rows))
    }

    private static func row(_ listing: ListingReport) -> [String] {
        let name = listing.family == "v4" ? listing.provider : "\(listing.provider)/\(listing.family)"
        var state = listing.state
        if let who = listing.pausedBy { state = "paused by \(who)" }
        var row = [name, state, text(listing.since), listing.code ?? "", text(listing.probeAt)]
        row.append(listing.rate.map { "\($0)/min" } ?? "")
        row.append(listing.waiting.map { String($0.messages) } ?? "")
        row.append(text(listing.waiting?.oldest))
        row.append(text(listing.delistingRequestedAt))
        return row
    }

    private static func text(_ time: Timestamp?) -> String { time.map { "\($0)" } ?? "" }
}
