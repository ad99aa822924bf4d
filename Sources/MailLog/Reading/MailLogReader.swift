// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import PostfixWire
public import Replies

/// Reads the lines of one mail log, in their order, and judges each attempt to deliver.
///
/// It holds all that the log teaches: the stories of the messages in the queue and what became of each sender's mail. One
/// owner feeds it, the daemon or a replay alike. Nothing it keeps grows without bound. A line about an accepted message
/// never reaches the reply rules: what such a reply quotes means nothing.
public struct MailLogReader: Sendable {
    /// The reply rules in force.
    public var rules: ReplyRules {
        didSet {
            peers = RecentTexts()
            domains = RecentTexts()
        }
    }
    /// Tells the stories what the lines say; holds the site's sender policy.
    public var storyteller: LogStoryteller
    /// The messages in the queue, and who is accountable for each.
    public var stories: MessageStories
    /// What became of each sender's mail.
    public private(set) var history: SenderHistory
    /// Dates the stamps of lines that have some.
    public var calendar: LogCalendar {
        get { parser.calendar }
        set { parser.calendar = newValue }
    }
    /// Lines that were read.
    public private(set) var lineCount = 0
    /// Lines of other programs.
    public private(set) var foreignCount = 0
    /// Lines that were Postfix's by their tag but not by their form.
    public var malformedCount: Int { parser.malformedCount }

    private var parser: LogLineParser
    private var peers = RecentTexts<RelayPeer>()
    private var domains = RecentTexts<RecipientDomain>()
    private var transports = RecentTexts<String>()

    /// A reader at the start of a log.
    public init(
        rules: ReplyRules, policy: SenderPolicy, calendar: LogCalendar, stories: MessageStories = MessageStories(),
        history: SenderHistory = SenderHistory()
    ) {
        self.rules = rules
        self.stories = stories
        self.history = history
        storyteller = LogStoryteller(policy: policy)
        parser = LogLineParser(calendar: calendar)
    }

    /// Reads the next line.
    /// - Parameters:
    ///   - line: The line without its end.
    ///   - time: When it was written, for a line without stamp and host, as the journal gives it; `nil` for a line of a file.
    ///   - now: When it is read; `nil` where old logs are replayed: then every line is read when it was written.
    /// - Returns: `nil` for a line that is not Postfix's, or not of a form that Postfix writes.
    public mutating func take(
        _ line: Span<UInt8>, writtenAt time: Moment? = nil, receivedAt now: Moment? = nil
    ) -> HeardLine? {
        lineCount += 1
        switch time.map({ parser.parse(line, writtenAt: $0) }) ?? parser.parse(line) {
        case .foreign:
            foreignCount += 1
            return nil
        case .malformed:
            return nil
        case .record(let record):
            guard case .delivery(let attempt) = record.event else {
                storyteller.tell(record, in: line, to: &stories)
                return HeardLine(record: record, delivery: nil)
            }
            return HeardLine(record: record, delivery: judge(attempt, record, in: line, at: now ?? record.time))
        }
    }

    private mutating func judge(
        _ attempt: DeliveryRecord, _ record: LogRecord, in line: Span<UInt8>, at now: Moment
    ) -> Delivery {
        let recipient = line.extracting(line.bounds(attempt.recipient))
        let domain = domains.value(of: recipient.extracting(droppingFirst: RecipientDomain.start(in: recipient))) {
            [rules] in RecipientDomain($0, providers: rules.providers)
        }
        let relay = attempt.relay.address.flatMap { peer(from: attempt.relay.name, to: $0, in: line) }
        let report = attempt.outcome == .sent ? nil : attempt.report(in: line)
        // The frame names who said it; `relay=` names who was talked to last.
        let speaker = report.flatMap { report in
            report.host.flatMap { host in report.address.flatMap { peer(from: host, to: $0, in: line) } }
        }
        let reply = report?.reply(in: line, fallback: attempt.status)
        let reading = reply.map { self.reading(of: $0, from: speaker, or: relay) }
        let attribution = storyteller.tell(record, in: line, replyClass: reading?.replyClass, to: &stories)
        if let sender = attribution?.sender, let kind = attribution?.counted {
            history.count(kind, of: sender, at: record.time)
        }
        let scene = DeliveryScene(record: record, attempt: attempt, report: report, relay: relay, speaker: speaker)
        let host = speaker ?? relay
        return Delivery(
            moment: record.time, receivedAt: now, queueID: record.queueID, transport: transport(record, in: line),
            source: scene.source(in: line), recipient: recipient.text, recipientDomain: domain.name,
            host: host?.host, hostAddress: host?.address, provider: host == nil ? domain.hint : host?.provider,
            outcome: attempt.outcome, reply: reply, reading: reading, isSuspended: report?.isSuspended ?? false,
            attribution: attribution)
    }

    /// What the rules read in a reply; the provider is the host's alone, as nobody's wording proves where he stands.
    private func reading(of reply: SMTPReply, from speaker: RelayPeer?, or relay: RelayPeer?) -> ReplyReading {
        var reading = rules.reading(of: reply, from: speaker?.host, at: speaker?.address)
        if speaker == nil { reading.provider = relay?.provider }
        return reading
    }

    private mutating func peer(from name: LineRange, to address: LineRange, in line: Span<UInt8>) -> RelayPeer? {
        guard name.start < address.end else { return nil }
        return peers.value(of: line.extracting(line.bounds(from: name.start, to: address.end))) { [rules] in
            RelayPeer($0, providers: rules.providers)
        }
    }

    private mutating func transport(_ record: LogRecord, in line: Span<UInt8>) -> String? {
        guard let service = record.tag.service(in: line) else { return nil }
        return transports.value(of: line.extracting(line.bounds(service))) { $0.text }
    }
}
