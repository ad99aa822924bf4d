// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Hummingbird
internal import Ledger
internal import Logging
internal import NIOPosix
internal import PosternCore
internal import Settings
internal import StatusModel

/// Has ordered actions done: by those who may, each of them audited.
struct ActionDesk: Sendable {
    let board: StatusBoard
    let handlers: [any ActionHandler]
    /// Where each order is kept; `nil` where there is no ledger, then the log has it alone.
    let ledger: Ledger?
    let log: Logger

    /// Who ordered something.
    struct Orderer {
        var name: String
        var mayAct: Bool
    }

    /// The detail of an order in the ledger.
    private struct Detail: Encodable {
        var action: String
        var subject: String?
        var uid: UInt32
        var applied: Bool
        var message: String
    }

    /// Does what a peer orders.
    /// - Throws: ``Refusal`` if the peer may not, or no part can.
    func perform(_ action: StatusAction, by peer: Peer?) async throws -> ActionReport {
        let (peer, orderer) = try await admit(peer, to: "\(action.name) \(action.subject ?? "")")
        for handler in handlers {
            do {
                guard let report = try await handler.perform(action, by: orderer.name) else { continue }
                audit(action, peer, orderer, report, keep: !handler.auditsItself)
                return report
            } catch let refusal as Refusal {
                audit(action, peer, orderer, ActionReport(applied: false, message: refusal.problem.error), keep: true)
                throw refusal
            }
        }
        throw Refusal(
            .serviceUnavailable, "no part that runs can \(action.name)", advice: "see modes in GET /v1/configuration")
    }

    /// Lets those pass who may act.
    /// - Parameters:
    ///   - peer: Who orders; `nil` for whoever came another way than by the status socket.
    ///   - deed: What they want to do, for the log.
    /// - Returns: Who it is.
    /// - Throws: ``Refusal`` for all others.
    @discardableResult
    func admit(_ peer: Peer?, to deed: String) async throws -> (Peer, Orderer) {
        guard let peer else {
            throw Refusal(.forbidden, "this listener is for reading", advice: "order over the status socket")
        }
        let orderer = try await orderer(peer)
        guard orderer.mayAct else {
            log.warning("\(orderer.name) (uid \(peer.uid)) may not \(deed)")
            throw Refusal(
                .forbidden, "\(orderer.name) may read and not act",
                advice: "root may, and members of the group in status.actions-group")
        }
        return (peer, orderer)
    }

    /// When a pause of that length ends; `nil` if it has none.
    func moment(_ duration: String?) throws -> Moment? {
        guard let duration else { return nil }
        guard let length = Duration(written: duration), length > .zero else {
            throw Refusal(.badRequest, "for is a duration such as 30m or 2h")
        }
        return board.now + length
    }

    private func orderer(_ peer: Peer) async throws -> Orderer {
        let group = board.configuration.value.status.actionsGroup
        // A directory service may be slow to tell a name.
        return try await NIOThreadPool.singleton.runIfActive {
            Orderer(
                name: Accounts.name(ofUser: peer.uid),
                mayAct: peer.mayAct(group: group.flatMap(Accounts.number(ofGroup:))))
        }
    }

    private func audit(
        _ action: StatusAction, _ peer: Peer, _ orderer: Orderer, _ report: ActionReport, keep isKept: Bool
    ) {
        log.notice("\(orderer.name) (uid \(peer.uid)): \(action.name) \(action.subject ?? ""): \(report.message)")
        guard isKept else { return }
        let detail = Detail(
            action: action.name, subject: action.subject, uid: peer.uid, applied: report.applied,
            message: report.message)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let text = (try? encoder.encode(detail)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        ledger?.record(
            .event(LedgerEvent(time: board.now, kind: .manual, who: orderer.name, detail: text)))
    }
}
