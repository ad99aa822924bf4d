// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Feedback
internal import Foundation
internal import Ledger
internal import PosternCore
internal import PosternServer

struct ImportARF: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "arf", abstract: "Count a complaint: reads one feedback report (RFC 5965) from standard input.",
        discussion: """
            For an alias that feedback loops write to, beside a mailbox: fbl: postmaster, "|/usr/bin/postern import arf". \
            Postfix runs it as the owner of the alias file, or as default_privs: that user must be able to write the ledger, \
            so put the alias into a file of the user postern that alias_maps names, too. The message is looked for by the \
            queue IDs in its Received fields, else by its envelope sender; postern senders and postern why show what was \
            found. A message that is no report is no error (it may be mail to the same address); 75 if the ledger cannot \
            be written, so that Postfix tries again.
            """)

    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?

    func run() throws {
        guard let bytes = InputFile.bytes(of: "-", atMost: FeedbackReport.largest) else { throw ExitStatus.tryAgain }
        // Whoever has written the rest of a long message must not be told of a broken pipe.
        while let piece = try? FileHandle.standardInput.read(upToCount: 1 << 16), !piece.isEmpty {}
        let report: FeedbackReport
        do throws(FeedbackReport.Fault) {
            report = try FeedbackReport(bytes)
        } catch {
            return Terminal.complain("postern: this message is no feedback report (RFC 5965)")
        }
        let configuration: Configuration
        do {
            configuration = try Configuration.loadWithoutRules(file.path)
        } catch {
            Terminal.complain("postern: \(Terminal.harmless("\(error)"))")
            throw ExitStatus.tryAgain
        }
        let place = directory ?? configuration.store.directory
        do throws(LedgerError) {
            let now = Moment(milliseconds: Int64(Date.now.timeIntervalSince1970 * 1000))
            let complaint = try ComplaintFinder(
                ledger: try LedgerReader(directory: place), domains: Set(configuration.domains.map(\.plan.name))
            ).complaint(of: report, at: now)
            let isNew = try LedgerNotes(directory: place).complained(complaint)
            let whose = complaint.sender.map { "mail of \($0)" } ?? "mail that is not known here"
            print(Terminal.harmless("\(isNew ? "a complaint" : "a complaint that is known") about \(whose)"))
        } catch {
            Terminal.complain("postern: \(Terminal.harmless(error.description))")
            throw ExitStatus.tryAgain
        }
    }
}
