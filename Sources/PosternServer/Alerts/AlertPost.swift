// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import PosternCore
internal import PostfixTools
internal import Replies

/// Brings a notice to people: by their command and by mail.
///
/// Blocks the thread: a few look-ups, sendmail(1) and the command, each with a limit.
struct AlertPost: Sendable {
    let settings: AlertSettings
    let providers: Alerts.Providers
    let table: ProviderTable?
    let ownMail: OwnMail

    /// How long a command, or sendmail, may take.
    private static let limit = Duration.seconds(30)
    private static let largestOutput = 64 * 1024

    /// Sends a notice at `now`.
    func deliver(_ notice: AlertNotice, at now: Moment, programs: PostfixPrograms = PostfixPrograms()) -> AlertDelivery
    {
        let clock = LocalClock.host(at: now)
        let book: AliasBook?
        var trouble: String?
        do throws(CommandError) {
            book = try AliasBook(programs: programs)
        } catch {
            book = nil
            trouble = "main.cf cannot be read: \(error)"
        }
        let host = book?.hostName ?? "localhost"
        let letter = AlertWords(host: host, clock: clock).letter(for: notice)
        var delivery = AlertDelivery(letter.report)
        if let trouble { delivery.troubles.append(trouble) }
        mail(letter, book, at: now, clock, programs, &delivery)
        run(letter, &delivery)
        return delivery
    }

    private func mail(
        _ letter: AlertLetter, _ book: AliasBook?, at now: Moment, _ clock: LocalClock, _ programs: PostfixPrograms,
        _ delivery: inout AlertDelivery
    ) {
        guard !settings.mail.isEmpty || !settings.fallback.isEmpty else { return }
        let route = AlertRoute(
            addresses: addresses(settings.mail, book, &delivery),
            fallback: addresses(settings.fallback, book, &delivery), isPaused: providers.isPaused)
        delivery.usedFallback = route.isFallback
        delivery.skipped = route.skipped.map {
            AlertDelivery.Skipped(address: $0.address, provider: $0.provider.name, name: $0.name)
        }
        guard !route.recipients.isEmpty else {
            delivery.troubles.append("nobody in alerts.mail or alerts.fallback can be reached by mail now")
            return
        }
        let message = AlertMessage(
            letter, from: settings.from, to: route.recipients,
            messageID: ownMail.issue(host: book?.hostName ?? "localhost"), date: now, clock: clock)
        // The null sender: no bounce comes back, so none can be alerted about.
        let command = Command(
            "\(programs.directory)/sendmail", ["-i", "-f", "<>", "--"] + route.recipients, input: message.bytes)
        do throws(CommandError) {
            try CommandRunner(limit: Self.limit, maximumOutput: Self.largestOutput).run(command).orThrow()
            delivery.mailed = route.recipients
        } catch {
            delivery.troubles.append("\(error)")
        }
    }

    private func addresses(
        _ names: [String], _ book: AliasBook?, _ delivery: inout AlertDelivery
    ) -> [AlertAddress] {
        names.map { name in
            guard let book else { return AlertAddress(name, ends: [.init(name, provider: provider(name))]) }
            let address = book.address(name) { provider(ofDomain: $0) }
            delivery.troubles += address.doubts.map { "\(name): \($0)" }
            return address
        }
    }

    private func provider(_ address: String) -> Provider? {
        address.lastIndex(of: "@").flatMap { provider(ofDomain: address[address.index(after: $0)...].lowercased()) }
    }

    /// Who serves a domain: by what the listings learnt, else by the table that comes with the rules.
    private func provider(ofDomain domain: String) -> Provider? {
        providers.serving(domain) ?? table?.hint(forRecipientDomain: domain)
    }

    private func run(_ letter: AlertLetter, _ delivery: inout AlertDelivery) {
        guard let program = settings.command.first else { return }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Texts and numbers always have a JSON form.
        guard let data = try? encoder.encode(letter.report) else { return }
        let command = Command(program, Array(settings.command.dropFirst()), input: Array(data) + [UInt8(ascii: "\n")])
        do throws(CommandError) {
            try CommandRunner(limit: Self.limit, maximumOutput: Self.largestOutput).run(command).orThrow()
            delivery.command = program
        } catch {
            delivery.troubles.append("alerts.command: \(error)")
        }
    }
}
