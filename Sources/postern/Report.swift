// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import StatusModel

struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What each part did, or would have done while it observed; also while the daemon does not run.")

    @OptionGroup var file: ConfigurationFile
    @Option(help: "How many days back.") var days = 7
    @Flag(help: "As JSON.") var json = false

    /// What the ledger counted, as JSON shows it.
    private struct Account: Encodable {
        var since: Timestamp
        var modes: [String: String]
        var deliveries: Deliveries
        var deeds: [Entry]
        var listings: [String: Int]
        var refusals: [RejectionReport]

        struct Deliveries: Encodable {
            var accepted = 0
            var deferred = 0
            var bounced = 0
        }

        struct Entry: Encodable {
            var deed: String
            var subject: String?
            var count: Int
        }
    }

    /// Lines of each kind that are printed, at most.
    private static let most = 10

    func validate() throws {
        guard (1...3653).contains(days) else { throw ValidationError("--days: from 1 to 3653") }
    }

    func run() async throws {
        let configuration = try file.orLeave(Configuration.loadWithoutRules)
        let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
        let account = try account(of: configuration, since: now - .hours(24 * days))
        if json { return try printJSON(account) }
        print(Terminal.styled("The last \(days) days", .bold))
        show(account.deliveries)
        showSigning(account)
        showLimits(account)
        showListings(account)
    }

    private func account(of configuration: Configuration, since start: Moment) throws -> Account {
        do throws(LedgerError) {
            let ledger = try LedgerReader(directory: configuration.store.directory)
            var deliveries = Account.Deliveries()
            for total in try ledger.totals(since: start) {
                deliveries.accepted += total.sent
                deliveries.deferred += total.deferred
                deliveries.bounced += total.bounced
            }
            var listings: [String: Int] = [:]
            for event in try ledger.events(since: start, limit: LedgerReader.maximumLimit) {
                listings[event.kind.rawValue, default: 0] += 1
            }
            let blocks = try ledger.rejections(RejectionQuery(since: start, limit: LedgerReader.maximumLimit))
                .filter { $0.scope == .ourAddress }
            let modes = configuration.modes
            return Account(
                since: Timestamp(start),
                modes: [
                    "signing": modes.signing.rawValue, "limits": modes.limits.rawValue,
                    "listings": modes.listings.rawValue,
                ],
                deliveries: deliveries,
                deeds: try ledger.deeds(since: start).map {
                    .init(deed: $0.kind.rawValue, subject: $0.subject, count: $0.count)
                }, listings: listings, refusals: blocks.map { RejectionReport($0) })
        } catch {
            Terminal.complain("postern: \(Terminal.harmless(error.description))")
            throw ExitStatus.finding
        }
    }

    private func show(_ deliveries: Account.Deliveries) {
        print(
            "mail       \(deliveries.accepted) recipients accepted, \(deliveries.deferred) deferred, \(deliveries.bounced) bounced"
        )
    }

    private func showSigning(_ account: Account) {
        print("signing    \(account.modes["signing"] ?? ""): \(count(.signed, account)) messages signed")
        show(.unsigned, "unsigned", account)
    }

    private func showLimits(_ account: Account) {
        print(
            "limits     \(account.modes["limits"] ?? ""): \(count(.held, account)) messages held, "
                + "\(count(.refused, account)) refused; \(count(.overObserved, account)) more would have been")
        show(.held, "held", account)
        show(.refused, "refused", account)
        show(.overObserved, "over a limit", account)
    }

    private func showListings(_ account: Account) {
        let blocked = account.refusals.reduce(0) { $0 + $1.count }
        let bounced = account.refusals.reduce(0) { $0 + $1.bounced }
        print(
            "listings   \(account.modes["listings"] ?? ""): \(account.listings["listing-opened"] ?? 0) opened, "
                + "\(account.listings["listing-closed"] ?? 0) closed; \(blocked) refusals because of our address, "
                + "of which \(bounced) bounced and \(blocked - bounced) were kept")
        let rows = account.refusals.prefix(Self.most).map {
            [$0.provider ?? "-", $0.replyClass, $0.code ?? "-", String($0.count), $0.sender ?? "-"]
        }
        if !rows.isEmpty { print(Table(["provider", "class", "code", "refusals", "sender"], rows)) }
    }

    private func count(_ kind: Deed.Kind, _ account: Account) -> Int {
        account.deeds.filter { $0.deed == kind.rawValue }.reduce(0) { $0 + $1.count }
    }

    private func show(_ kind: Deed.Kind, _ words: String, _ account: Account) {
        let found = account.deeds.filter { $0.deed == kind.rawValue && $0.subject != nil }
        for entry in found.prefix(Self.most) {
            print("           \(words): \(Terminal.harmless(entry.subject ?? ""))  \(entry.count)")
        }
        if found.count > Self.most { print("           and \(found.count - Self.most) more") }
    }
}
