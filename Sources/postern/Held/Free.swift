// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Foundation
internal import PosternCore
internal import PosternServer
internal import PostfixTools
internal import StatusModel

struct Free: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let held mail go; it is not limited again.",
        discussion:
            "Needs the queue helper, and to be root. What was freed, and by whom, stands in the ledger. With --sender "
            + "a sender whom a tripwire stopped may send again, too.")

    @OptionGroup var selection: HeldSelection
    @OptionGroup var socket: StatusSocket

    /// Messages that are tried at once, 5 ms each; further ones go with Postfix's next look at its queue.
    private static let mostAtOnce = 1000

    func run() async throws {
        let isFreed = try HeldAct(verb: "free", done: "freed", request: { .release($0) }, afterwards: Self.send)
            .perform(on: selection)
        let isLifted = selection.dryRun ? false : await liftStop()
        if !isFreed, !isLifted { throw ExitStatus.finding }
    }

    /// Has the daemon let the sender's next mail go, where a tripwire stopped it.
    private func liftStop() async -> Bool {
        guard let sender = selection.sender, let body = try? JSONEncoder().encode(["sender": sender]) else {
            return false
        }
        do {
            let report = try await StatusClient(socket: socket.socket).order("/v1/held/free", Array(body))
            // Without effect it is of no interest: the messages were freed above.
            if report.applied { print(Terminal.harmless(report.message)) }
            return report.applied
        } catch {
            Terminal.complain("postern: if a tripwire stopped the sender, its next mail is held still: \(error)")
            return false
        }
    }

    /// postsuper(1) puts what it releases among the deferred mail, where it would lie for minutes.
    private static func send(_ ids: [QueueID]) {
        let queue = PostQueue()
        do throws(CommandError) {
            for id in ids.prefix(mostAtOnce) { try queue.deliverNow(id) }
        } catch {
            Terminal.complain("postern: Postfix tries them at its next look at the queue: \(error)")
        }
    }
}
