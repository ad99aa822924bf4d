// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc
internal import Ledger
internal import PosternCore
internal import PosternServer
internal import PostfixTools
internal import PostfixWire
internal import Settings

/// Frees or deletes held messages: shows what is meant, asks, has it done, and writes down who did it.
struct HeldAct {
    /// What is done, as the ledger and the operator read it: "free", "drop".
    let verb: String
    /// What was done: "freed", "deleted".
    let done: String
    let request: ([QueueID]) -> HelperRequest
    /// What follows once it is done.
    var afterwards: ([QueueID]) -> Void = { _ in }

    /// - Returns: Whether there was anything to act on.
    func perform(on selection: HeldSelection) throws -> Bool {
        let place = try selection.directory ?? selection.file.orLeave(Configuration.loadWithoutRules).store.directory
        let queue = try HeldQueue.orLeave(place)
        if let complaint = queue.complaint {
            Terminal.complain("postern: Postfix's queue cannot be seen: \(Terminal.harmless(complaint))")
            throw ExitStatus.finding
        }
        let messages = selection.messages(in: queue)
        guard !messages.isEmpty else {
            Terminal.complain("postern: there is nothing to \(verb)")
            return false
        }
        print(preview(messages))
        if selection.dryRun { return true }
        if !selection.yes { try ask() }
        let ids = messages.map(\.id)
        let count: Int
        do throws(QueueHelperError) {
            count = try QueueHelperClient(socket: selection.helper).perform(request(ids))
        } catch {
            Terminal.complain("postern: \(error)")
            if case .absent = error { throw ExitStatus.unavailable }
            throw ExitStatus.finding
        }
        print("\(done) \(Self.messages(count))")
        afterwards(ids)
        note(ids, count, in: place)
        return true
    }

    /// How many, whose, and the largest groups.
    private func preview(_ messages: [HeldMessage]) -> String {
        let size = messages.reduce(0) { $0.addingReportingOverflow($1.size ?? 0).partialValue }
        let senders = Dictionary(grouping: messages) { $0.sender ?? "held by somebody else" }
        let largest = senders.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        var lines = [
            "to \(verb): \(Self.messages(messages.count)) of \(senders.count == 1 ? "one sender" : "\(senders.count) senders"), \(size) bytes"
        ]
        for (sender, group) in largest.prefix(10) {
            let recipients = group.reduce(0) { $0.addingReportingOverflow($1.recipients).partialValue }
            let example = group.first?.entry?.recipients.first.map { ", one to \($0.address)" } ?? ""
            lines.append(Terminal.harmless("  \(sender): \(group.count), to \(recipients) recipients\(example)"))
        }
        if largest.count > 10 { lines.append("  and \(largest.count - 10) senders more") }
        return lines.joined(separator: "\n")
    }

    /// Asks on a terminal; elsewhere nobody could answer.
    private func ask() throws {
        guard isatty(STDIN_FILENO) == 1 else {
            Terminal.complain("postern: nothing done; add --yes where nobody can be asked")
            throw ExitStatus.usage
        }
        print("\(verb) them? [y/N] ", terminator: "")
        fflush(nil)
        guard let answer = readLine(), ["y", "yes"].contains(answer.lowercased()) else {
            Terminal.complain("postern: nothing done")
            throw ExitStatus.finding
        }
    }

    private func note(_ ids: [QueueID], _ count: Int, in place: String) {
        let list = ids.prefix(100).map { "\"\($0)\"" }.joined(separator: ",")
        let event = LedgerEvent(
            time: Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000)), kind: .manual, who: Self.user,
            detail: #"{"act":"\#(verb)","messages":\#(count),"queueIds":[\#(list)]}"#)
        do throws(LedgerError) {
            try LedgerNotes(directory: place).acted(event, on: ids)
        } catch {
            Terminal.complain("postern: done, but not written down: \(Terminal.harmless(error.description))")
        }
    }

    /// Who does it: behind sudo(8) the person, else the user.
    private static var user: String {
        if getuid() == 0, let name = getenv("SUDO_USER") { return String(cString: name) }
        return "uid:\(getuid())"
    }

    private static func messages(_ count: Int) -> String { count == 1 ? "1 message" : "\(count) messages" }
}
