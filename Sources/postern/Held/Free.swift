// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternCore
internal import PostfixTools

struct Free: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Let held mail go; it is not limited again.",
        discussion: "Needs the queue helper, and to be root. What was freed, and by whom, stands in the ledger.")

    @OptionGroup var selection: HeldSelection

    /// Messages that are tried at once, 5 ms each; further ones go with Postfix's next look at its queue.
    private static let mostAtOnce = 1000

    func run() throws {
        try HeldAct(verb: "free", done: "freed", request: { .release($0) }, afterwards: Self.send)
            .perform(on: selection)
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
