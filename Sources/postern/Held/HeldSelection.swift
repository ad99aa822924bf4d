// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PosternCore
internal import PostfixTools

/// Which held messages a command acts on, and how it makes sure.
struct HeldSelection: ParsableArguments {
    @OptionGroup var file: ConfigurationFile
    @Argument(help: "Messages by their queue IDs.") var queueIDs: [String] = []
    @Option(help: "All that limits hold of this sender, such as \"login:shop@example.org\".") var sender: String?
    @Flag(help: "All that limits hold; what somebody else put on hold stays.") var all = false
    @Flag(help: "Do it without asking.") var yes = false
    @Flag(help: "Only say what would be done.") var dryRun = false
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @Option(help: "The socket of the queue helper.") var helper = QueueHelperClient.standardSocket

    func validate() throws {
        let ways = [!queueIDs.isEmpty, sender != nil, all].count { $0 }
        guard ways == 1 else {
            throw ValidationError("name queue IDs, or --sender, or --all: one of these")
        }
        for text in queueIDs where QueueID(text) == nil {
            throw ValidationError("\"\(Terminal.harmless(text))\" is no queue ID")
        }
    }

    /// The messages meant; those named that are not on hold are left out and said.
    func messages(in queue: HeldQueue) -> [HeldMessage] {
        if all { return queue.ours }
        if let sender { return queue.ours.filter { $0.sender == sender } }
        let onHold = Dictionary((queue.ours + queue.others).map { ($0.id, $0) }) { first, _ in first }
        var seen: Set<QueueID> = []
        return queueIDs.compactMap { QueueID($0) }.filter { seen.insert($0).inserted }.compactMap { id in
            if let message = onHold[id] { return message }
            Terminal.complain("postern: \(id) is not on hold")
            return nil
        }
    }
}
