// SPDX-License-Identifier: Apache-2.0
import PosternCore
import SeededRandom
import Testing

private let night = Moment(seconds: 1_795_486_329)
private let words = AlertWords(host: "mail.example.com", clock: LocalClock(offset: 3600))

private func letter(_ alert: Alert) -> AlertLetter { words.letter(for: .alert(alert)) }

@Suite struct `A letter of an alert` {
    @Test func `tells what, since when, by whose words, who, what is done and what to do`() {
        let told = letter(
            Alert(
                .listingOpened, about: "microsoft-consumer", at: night, since: night - .minutes(2),
                evidence: "550 5.7.1 messages from [192.0.2.1] weren't sent (S3150)",
                facts: [AlertFact(.code, .text("S3150")), AlertFact(.waiting, .count(12))],
                senders: [AlertSender("login:shop", recipients: 431)]))
        #expect(told.subject == "[postern] mail.example.com: microsoft-consumer refuses this server's address")
        #expect(told.body.hasPrefix("microsoft-consumer refuses this server's address.\n\n"))
        for part in [
            "When          2026-11-24 03:12:09 +0100\n", "Since         2026-11-24 03:10:09 +0100\n",
            "Code          S3150\n", "Waiting       12\n", "  | 550 5.7.1 messages from",
            "login:shop, to 431 recipients",
            "      postern rejections --since 24h --provider microsoft-consumer\n",
        ] { #expect(told.body.contains(part), "\(part)\n\(told.body)") }
    }

    @Test func `says so where Postern only observes`() {
        let told = letter(Alert(.listingOpened, about: "gmail", at: night, isActedOn: false))
        #expect(told.body.contains("Nothing: it only observes listings"))
        #expect(told.report.acting == false)
    }

    @Test(arguments: AlertKind.allCases) func `has lines of fewer than 78 characters, but for commands`(
        kind: AlertKind
    ) {
        let told = letter(
            Alert(
                kind, about: String(repeating: "long", count: 60), at: night,
                evidence: String(repeating: "word ", count: 50) + String(repeating: "x", count: 300),
                facts: AlertFact.Name.allCases.map { AlertFact($0, .text(String(repeating: "y", count: 150))) },
                senders: [AlertSender(String(repeating: "z", count: 150), recipients: 1)]))
        let lines = told.body.split(separator: "\n", omittingEmptySubsequences: false)
        for line in lines where !line.hasPrefix("      ") { #expect(line.count < 78, "\(line)") }
        #expect(lines.allSatisfy { $0.utf8.count < 998 })
        #expect(told.subject.utf8.count <= 120)
    }

    @Test func `quotes a name that a shell would obey`() {
        let told = letter(Alert(.senderHeld, about: "forwarder:a'; rm -rf / #@example.com", at: night))
        #expect(told.body.contains(#"--sender 'forwarder:a'\''; rm -rf / #@example.com'"#), "\(told.body)")
    }

    @Test func `keeps what others worded as text, whatever it is`() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<500 {
            let scalars = (0..<80).map { _ -> Unicode.Scalar in
                let pick = Int.random(in: 0..<4, using: &random)
                let value: UInt32 =
                    switch pick {
                    case 0: UInt32.random(in: 0..<0x20, using: &random)
                    case 1: UInt32.random(in: 0x7F...0x9F, using: &random)
                    case 2: UInt32.random(in: 0x2000...0x206F, using: &random)
                    default: UInt32.random(in: 0x20...0x2FFFF, using: &random)
                    }
                return Unicode.Scalar(value) ?? "\n"
            }
            let hostile = String(String.UnicodeScalarView(scalars)) + "\r\nBcc: all@example.com\r\n\r\n"
            let told = letter(Alert(.listingOpened, about: hostile, at: night, evidence: hostile))
            let body = told.body.unicodeScalars
            #expect(body.allSatisfy { $0 == "\n" || !($0.value < 0x20 || 0x7F...0x9F ~= $0.value) })
            #expect(!body.contains { 0x202A...0x202E ~= $0.value || 0x2066...0x2069 ~= $0.value || $0 == "\u{2028}" })
            #expect(told.subject.utf8.allSatisfy { 0x20...0x7E ~= $0 })
            #expect(!told.body.contains("\nBcc:"))
        }
    }

    @Test func `for a program has codes and values, and the whole letter`() {
        let told = letter(
            Alert(
                .senderHeld, about: "login:shop", at: night,
                facts: [AlertFact(.limit, .text("150/10m")), AlertFact(.expires, .moment(night))]))
        #expect(told.report.code == "sender-held")
        #expect(told.report.time == "2026-11-24T03:12:09+01:00")
        #expect(told.report.facts["limit"] == .text("150/10m"))
        #expect(told.report.facts["expires"] == .text("2026-11-24T03:12:09+01:00"))
        #expect(told.report.text == told.body)
    }
}

@Suite struct `A message of an alert` {
    private func text(_ letter: AlertLetter, from: String = "postern", to: [String] = ["root"]) -> String {
        let message = AlertMessage(
            letter, from: from, to: to, messageID: "id@mail.example.com", date: night, clock: LocalClock(offset: -5400))
        return String(decoding: message.bytes, as: UTF8.self)
    }

    @Test func `is a message that nobody's program answers`() {
        let header = text(letter(Alert(.test, about: "test", at: night))).split(separator: "\n\n").first ?? ""
        #expect(
            header == """
                From: postern
                To: root
                Subject: [postern] mail.example.com: a test; nothing is wrong
                Date: Tue, 24 Nov 2026 00:42:09 -0130
                Message-ID: <id@mail.example.com>
                Auto-Submitted: auto-generated
                MIME-Version: 1.0
                Content-Type: text/plain; charset=utf-8
                Content-Transfer-Encoding: 7bit
                """)
    }

    @Test func `has no field but its own, whatever it is made of`() {
        let hostile = "x\r\nBcc: all@example.com\n\nbody"
        let told = letter(Alert(.listingOpened, about: hostile, at: night, evidence: hostile))
        let header = text(told, from: hostile, to: [hostile, hostile]).split(separator: "\n\n").first ?? ""
        let names = header.split(separator: "\n").filter { !$0.hasPrefix("\t") }.map { $0.prefix { $0 != ":" } }
        #expect(
            names == [
                "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
                "Content-Transfer-Encoding",
            ])
    }

    @Test func `says so where it is not ASCII`() {
        let told = letter(Alert(.listingOpened, about: "gmail", at: night, evidence: "Größe"))
        #expect(text(told).contains("Content-Transfer-Encoding: 8bit\n"))
    }
}

@Suite struct `The host's own time` {
    private static let cases: [(seconds: Int64, offset: Int, text: String)] = [
        (0, 0, "1970-01-01 00:00:00 +0000"), (-1, 0, "1969-12-31 23:59:59 +0000"),
        (951_782_400, 0, "2000-02-29 00:00:00 +0000"), (4_107_542_400, -3600, "2100-02-28 23:00:00 -0100"),
        (.max / 1000, 0, "9999-12-31 00:00:00 +0000"), (.min / 1000, 0, "0001-01-02 00:00:00 +0000"),
    ]

    @Test(arguments: cases) func `is written with its distance from UTC`(
        seconds: Int64, offset: Int, text: String
    ) {
        #expect(LocalClock(offset: offset).text(of: Moment(seconds: seconds)) == text)
    }
}
