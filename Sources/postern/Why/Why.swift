// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Ledger
internal import PosternServer
internal import Settings

struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The story of one message, sender or recipient; also while the daemon does not run.",
        discussion: """
            A queue ID tells who submitted the message, from where, how it was signed, what the limits said, and each \
            attempt to deliver it. An address is looked for as a login, an envelope sender and a recipient; other senders \
            are named as in postern senders, such as uid:33 or client:192.0.2.7. Kept for 14 days.
            """)

    @Argument(help: "A queue ID, an address, or a sender's name.") var subject: String
    @OptionGroup var file: ConfigurationFile
    @Option(help: "The directory of the ledger, in place of the configuration's.") var directory: String?
    @Option(help: "Messages and attempts of an address, at most.") var limit = 10
    @Flag(help: "As JSON.") var json = false

    func validate() throws {
        guard (1...1000).contains(limit) else { throw ValidationError("--limit: from 1 to 1000") }
    }

    func run() throws {
        let place = try directory ?? file.orLeave(Configuration.load).store.directory
        let story = try LedgerQuestion.ask(place) { ledger throws(LedgerError) in
            try MailStory(of: subject, in: ledger, limit: limit)
        }
        if json {
            try printJSON(story)
        } else {
            print(WhyText(story).text)
        }
        if story.isEmpty { throw ExitStatus.finding }
    }
}
