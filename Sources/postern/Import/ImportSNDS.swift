// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Feedback
internal import Foundation
internal import Ledger
internal import PosternServer

struct ImportSNDS: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snds", abstract: "Keep what Microsoft's SNDS tells of our addresses, for postern senders.",
        discussion: """
            FILE is the CSV of SNDS's automated data access (https://sendersupport.olc.protection.outlook.com/snds/); - is \
            standard input, for a line of cron such as: curl -s URL | postern import snds -. What was told of a day before \
            is replaced. 1 if lines were no data.
            """)

    @Argument(help: "The table; - for standard input.") var path: String
    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?

    func run() throws {
        guard let bytes = InputFile.bytes(of: path, atMost: SNDSTable.largest) else {
            Terminal.complain("postern: \(Terminal.harmless(path)) cannot be read")
            throw ExitStatus.usage
        }
        let table = SNDSTable(bytes)
        let days = table.rows.compactMap { row in
            AddressDay.Colour(rawValue: row.colour).map { colour in
                AddressDay(
                    day: row.day, address: row.address, recipients: row.recipients, messages: row.messages,
                    colour: colour, complaintRate: row.complaintRate, traps: row.traps)
            }
        }
        let place = try directory ?? file.orLeave(Configuration.loadWithoutRules).store.directory
        do throws(LedgerError) {
            if !days.isEmpty { try LedgerNotes(directory: place).learnt(days) }
        } catch {
            Terminal.complain("postern: \(Terminal.harmless(error.description))")
            throw ExitStatus.finding
        }
        print("\(days.count) days of addresses are known")
        guard !table.faults.isEmpty else { return }
        let lines = table.faults.map { String($0) }.joined(separator: ", ")
        Terminal.complain("postern: these lines are no data of SNDS: \(lines)")
        throw ExitStatus.finding
    }
}
