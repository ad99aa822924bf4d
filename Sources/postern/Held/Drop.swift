// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import PostfixTools

struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Delete held mail for good, without telling its sender.",
        discussion: "Needs the queue helper, and to be root. What was deleted, and by whom, stands in the ledger.")

    @OptionGroup var selection: HeldSelection

    func run() throws {
        let isDone = try HeldAct(verb: "drop", done: "deleted", request: { .delete($0) }).perform(on: selection)
        if !isDone { throw ExitStatus.finding }
    }
}
