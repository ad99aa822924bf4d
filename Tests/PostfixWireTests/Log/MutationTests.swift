// SPDX-License-Identifier: Apache-2.0
import PosternCore
import PostfixWire
import SeededRandom
import Testing

/// Random lines, the same at each run.
///
/// None may trap, and none may yield what a remote party worded.
@Suite struct `Any line` {
    private static let head = "Nov 24 03:09:16 mail postfix/smtp[9]: 32B71F8886F: "

    /// Lines of every form (addresses of documentation, wording of a Postfix 3.7.11).
    private static let seeds = [
        head
            + "to=<a@example.org>, orig_to=<b@example.net>, relay=mx.example.org[192.0.2.9]:25, conn_use=2, delay=0.01, delays=0/0/0/0, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.9] said: 550 5.1.1 to=<x@outlook.com>, relay=evil[1.2.3.4]:25, delay=1, dsn=5.7.1, status=bounced (host evil[1.2.3.4] said: 550 S3140 (in reply to MAIL FROM command)) (in reply to RCPT TO command))",
        head
            + "to=<\"a, b\"@example.org>, relay=mx.example.org[private/x], delay=0.01, delays=0/0/0/0, dsn=2.0.0, status=sent (250 2.0.0 ok, relay=evil, delay=3, dsn=4.0.0, status=deferred (x))",
        head + "host mx.example.org[192.0.2.9] refused to talk to me: 421 4.7.0 busy, status=bounced (x)",
        head + "lost connection with mx.example.org[192.0.2.9] while sending RCPT TO",
        "<22>2026-11-24T03:09:16.123456+01:00 mail postfix/submission/smtpd[9]: 32B71F8886F: client=h[192.0.2.9]:12, sasl_method=PLAIN, sasl_username=u, sasl_sender=v, orig_queue_id=32B71F8886A",
        "Nov 24 03:09:16 mail postfix/smtpd[9]: NOQUEUE: reject: RCPT from h[192.0.2.9]: 450 4.7.1 <a>: no; from=<a@b.example> to=<c@d.example> proto=ESMTP helo=<x>",
        "Nov 24 03:09:16 mail postfix/pickup[9]: 32B71F8886F: uid=33 from=<a@b.example> orig_id=32B71F8886A",
        "Nov 24 03:09:16 mail postfix/qmgr[9]: 32B71F8886F: from=<a@b.example>, size=420, nrcpt=1 (queue active)",
        "Nov 24 03:09:16 mail postfix/qmgr[9]: 32B71F8886F: from=<a@b.example>, status=expired, returned to sender",
        "Nov 24 03:09:16 mail postfix/bounce[9]: 32B71F8886F: sender non-delivery notification: 32B71F8886A",
        "Nov 24 03:09:16 mail postfix/cleanup[9]: 32B71F8886F: message-id=<x@y>",
        "Nov 24 03:09:16 mail postfix/local[9]: 32B71F8886F: to=<a@b.example>, relay=local, delay=1, delays=0/0/0/1, dsn=2.0.0, status=sent (forwarded as 32B71F8886A)",
    ].map { Array($0.utf8) }

    /// Bytes on which the grammar turns, so that they come often.
    private static let turning = Array("<>\"\\,()[]:= \0\n/".utf8)

    private func mutated(_ line: [UInt8], in range: Range<Int>, using random: inout SplitMix64) -> [UInt8] {
        var line = line
        for _ in 0...Int.random(in: 0..<4, using: &random) {
            let place = Int.random(in: range, using: &random)
            line[place] =
                Bool.random(using: &random)
                ? UInt8.random(in: .min ... .max, using: &random) : Self.turning.randomElement(using: &random) ?? 0
        }
        return line
    }

    /// Asks for everything that a record can tell.
    private func tellAll(_ bytes: [UInt8], by parser: inout LogLineParser, to stories: inout MessageStories) {
        guard case .record(let record) = parser.parse(bytes.span) else { return }
        _ = record.tag.service(in: bytes.span)?.text(in: bytes.span)
        _ = LogStoryteller(policy: SenderPolicy()).tell(record, in: bytes.span, replyClass: .ipBlock, to: &stories)
        guard case .delivery(let delivery) = record.event else { return }
        _ = delivery.reply(in: bytes.span)
        // A range of another line is answered with what lies there.
        _ = delivery.text.text(in: bytes.span.extracting(first: bytes.count / 2))
    }

    @Test func `damaged at random never traps`() {
        var random = SplitMix64(seed: 1)
        var parser = LogLineParser(calendar: .year2026)
        var stories = MessageStories(maximumOpen: 8)
        for _ in 0..<10_000 {
            var line = Self.seeds.randomElement(using: &random) ?? []
            line = mutated(line, in: line.indices, using: &random)
            switch Int.random(in: 0..<4, using: &random) {
            case 0: line.removeSubrange(Int.random(in: line.indices, using: &random)...)
            case 1: line.removeSubrange(..<Int.random(in: line.indices, using: &random))
            case 2:
                line.insert(
                    contentsOf: Self.seeds.randomElement(using: &random) ?? [],
                    at: Int.random(in: line.indices, using: &random))
            default: break
            }
            tellAll(line, by: &parser, to: &stories)
        }
        #expect(stories.openCount <= 8)
    }

    @Test func `of random bytes never traps`() {
        var random = SplitMix64(seed: 2)
        var parser = LogLineParser(calendar: .year2026)
        var stories = MessageStories(maximumOpen: 8)
        for _ in 0..<3000 {
            let tail = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                UInt8.random(in: .min ... .max, using: &random)
            }
            tellAll(tail, by: &parser, to: &stories)
            tellAll(Array(Self.head.utf8) + tail, by: &parser, to: &stories)
        }
        #expect(parser.malformedCount == 0)
    }

    private static func isQuoting(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") }

    /// A quote or a backslash may make anything part of an address; Postfix puts them right, so they are left alone here.
    @Test func `damaged before its text yields no field from within the text`() throws {
        var random = SplitMix64(seed: 3)
        for seed in Self.seeds[..<2] {
            let text = try #require(ReadLine(bytes: seed)?.delivery).text
            var readable = 0
            for _ in 0..<5000 {
                let line = mutated(seed, in: 0..<Int(text.start), using: &random)
                guard zip(line, seed).allSatisfy({ Self.isQuoting($0) == Self.isQuoting($1) }),
                    let delivery = ReadLine(bytes: line)?.delivery
                else { continue }
                readable += 1
                guard delivery.text.start <= text.start, delivery.recipient.end < delivery.relay.name.start,
                    delivery.relay.name.end < delivery.text.start
                else {
                    Issue.record("read from the text: \(String(decoding: line, as: UTF8.self))")
                    return
                }
            }
            #expect(readable > 500)
        }
    }

    @Test func `yields what its parts say, however the server words its text`() throws {
        var random = SplitMix64(seed: 4)
        let words = [
            "to=<x@outlook.com>, ", "orig_to=<y>, ", "relay=outlook.com[40.93.212.0]:25, ", "conn_use=9, ", "delay=1, ",
            "delays=0/0/0/0, ", "dsn=5.7.1, ", "status=bounced ", "status=sent ", "(", ")", "host evil[1.2.3.4] said: ",
            " (in reply to MAIL FROM command)", "550 5.7.1 ", "delivery temporarily suspended: ", "\"", "\\", "<", ">",
            "refused to talk to me: ", "\u{202E}", "ü", "postfix/smtp[1]: ", "32B71F8886F: ", "S3140", "\n", "\0",
        ]
        func wording() -> String {
            (0..<Int.random(in: 0..<12, using: &random)).map { _ in words.randomElement(using: &random) ?? "" }.joined()
        }
        let stages: [(String, DeliveryStage)] = [
            (" (in reply to RCPT TO command)", .rcptTo), (" (in reply to end of DATA command)", .endOfData),
        ]
        for _ in 0..<2000 {
            let said = "550 5.1.1 x" + wording()
            let (frame, stage) = stages.randomElement(using: &random) ?? stages[0]
            let local = wording().filter { !"\"\\\n\0".contains($0) }
            let line = try #require(
                ReadLine(
                    Self.head
                        + "to=<\"\(local)\"@example.org>, relay=mx.example.org[192.0.2.9]:25, delay=0.01, delays=0/0/0/0, dsn=5.1.1, status=bounced (host mx.example.org[192.0.2.9] said: \(said)\(frame))"
                ))
            #expect(line.text(line.delivery?.recipient) == "\"\(local)\"@example.org")
            #expect(line.text(line.delivery?.relay.name) == "mx.example.org")
            #expect(line.delivery?.connectionUse == 1)
            #expect(line.delivery?.outcome == .bounced)
            #expect(line.text(line.report?.host) == "mx.example.org")
            #expect(
                line.reply
                    == SMTPReply(
                        code: 550, status: line.report?.status ?? EnhancedStatusCode(5, 1, 1), text: said, stage: stage)
            )
        }
    }
}
