// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Testing

@testable import Replies

@Suite struct `The delivery status filter` {
    private static let s3150 =
        "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your Internet service provider "
        + "since part of their network is on our block list (S3150)."

    /// The answer that keeps a message: the code of the question with class 4.
    private func answer(keeping question: String) -> String { "4" + question.prefix { $0 != " " }.dropFirst() }

    private func question(
        _ reply: String, from host: String = "hotmail-com.olc.protection.outlook.com",
        stage: String = " (in reply to MAIL FROM command)"
    ) -> String {
        let words = reply.split(whereSeparator: { $0 == " " || $0 == "-" })
        let status = words.first { $0.wholeMatch(of: /5\.[0-9]{1,3}\.[0-9]{1,3}/) != nil }
        return "\(status ?? "5.0.0") host \(host)[192.0.2.25] said: \(reply)\(stage)"
    }

    private func answers(_ questions: [String], _ rules: ReplyRules = shipped) throws -> [String: String] {
        let table = try StatusFilterTable(DeliveryStatusFilter(rules).text(version: "postern 1"))
        defer { table.remove() }
        let (found, complaints) = try table.answers(to: questions)
        #expect(complaints == "")
        return found
    }

    /// A sample as a provider would send it with a code of 5.
    private func hardened(_ sample: ReplyRule.Sample) -> String? {
        var text = sample.reply.text.split(whereSeparator: \.isNewline).joined(separator: " ")
        if text.hasPrefix("4") || text.hasPrefix("2") { return nil }
        if text.wholeMatch(of: /5[0-9][0-9][- ;].*/) == nil { text = "550 " + text }
        return text
    }

    @Test func `names each rule that is unmistakable about our address, and the throttles`() {
        let filter = DeliveryStatusFilter(shipped)
        #expect(filter.omitted.isEmpty)
        let wanted = shipped.rules.filter { rule in
            !rule.isSaidAnywhere && rule.provider != nil && rule.scope == .ourAddress
                && (rule.grade == .unmistakable || rule.grade == .precursor && rule.replyClass == .ipThrottle)
                && (rule.codes.isEmpty || rule.codes.families.contains(5))
                && (rule.statuses.isEmpty || rule.statuses.admits(EnhancedStatusCode(5, 7, 1)))
        }
        #expect(Set(filter.rules) == Set(wanted.map(\.name)))
        #expect(filter.rules.count > 20)
    }

    @Test func `is the same each time, and carries its fingerprint`() {
        let text = DeliveryStatusFilter(shipped).text(version: "postern 1")
        #expect(text == DeliveryStatusFilter(shipped).text(version: "postern 1"))
        #expect(DeliveryStatusFilter.fingerprint(in: text) == DeliveryStatusFilter(shipped).fingerprint)
        let newer = DeliveryStatusFilter(shipped).text(version: "postern 2")
        #expect(DeliveryStatusFilter.fingerprint(in: newer) == DeliveryStatusFilter(shipped).fingerprint)
        #expect(DeliveryStatusFilter.fingerprint(in: "/^5/ 4.7.1\n") == nil)
    }

    @Test(.enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"))
    func `keeps what the samples of its rules show, and nothing else at any provider`() throws {
        let filter = DeliveryStatusFilter(shipped)
        let kept = Set(filter.rules)
        var questions: [String: (rule: ReplyRule, provider: Provider, reply: String, host: String)] = [:]
        for provider in shipped.providers.providers {
            let suffix = try #require(shipped.providers.suffixes(of: provider).first)
            for rule in shipped.rules {
                for sample in rule.samples {
                    guard let reply = hardened(sample) else { continue }
                    let host = "mx1.\(suffix)"
                    questions[question(reply, from: host)] = (rule, provider, reply, host)
                }
            }
        }
        let found = try answers(questions.keys.sorted())
        var foundCount = 0
        for (question, about) in questions {
            let reading = shipped.reading(of: SMTPReply(code: nil, status: nil, text: about.reply), from: about.host)
            let isKept = reading.rule.map { kept.contains($0) } == true && reading.isWordedByItsHost
            #expect(
                found[question] == (isKept ? answer(keeping: question) : nil),
                "\(reading.rule ?? "-") at \(about.host): \(about.reply)")
            if isKept { foundCount += 1 }
        }
        #expect(foundCount > 20)
    }

    @Test(
        .enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"),
        arguments: [
            "outlook.com.evil.example", "olc.protection.outlook.com.evil.example", "evilolc.protection.outlook.com",
            "evil.example[192.0.2.1] said: 550 5.7.1 host hotmail-com.olc.protection.outlook.com", "outlook.com",
            "gmail-smtp-in.l.google.com", "olc.protection.outlook.com said: 550 host mx.evil.example",
        ])
    func `believes no host that is not the provider's`(host: String) throws {
        #expect(try answers([question(Self.s3150, from: host)]) == [:])
    }

    @Test(.enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"))
    func `believes a provider's host in any letter case, at each stage, on any port`() throws {
        let questions = [
            question(Self.s3150, from: "Hotmail-COM.olc.protection.outlook.com"),
            question(Self.s3150, stage: " (in reply to end of DATA command)"), question(Self.s3150, stage: ""),
            "5.7.1 host a.olc.protection.outlook.com[2001:db8::25]:587 refused to talk to me: \(Self.s3150)",
            question(Self.s3150, from: "olc.protection.outlook.com"),
        ]
        #expect(try answers(questions).count == questions.count)
    }

    @Test(.enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"))
    func `leaves what Postfix keeps anyhow, and what was delivered`() throws {
        let host = "host hotmail-com.olc.protection.outlook.com[192.0.2.25] said: "
        #expect(
            try answers([
                "4.7.1 \(host)\(Self.s3150)", "5.7.1 \(host)450 4.7.1 \(Self.s3150.dropFirst(10))",
                "2.6.0 250 2.6.0 \(Self.s3150)", "5.7.1 \(Self.s3150)", "5.7.1 \(host)",
            ]) == [:])
    }

    @Test(.enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"))
    func `believes no tenant's words but at their place`() throws {
        let host = "contoso-example.mail.protection.outlook.com"
        let genuine =
            "550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal from this list please visit …"
        let forged = "550 5.7.1 TRANSPORT.RULES.RejectMessage; Access denied, banned sending IP [192.0.2.1]"
        let quoted =
            "550 5.7.1 TRANSPORT.RULES.RejectMessage; x] said: 550 5.7.606 Access denied, banned sending IP [192.0.2.1]"
        let questions = [genuine, forged, quoted].map { question($0, from: host) }
        #expect(try answers(questions) == [questions[0]: answer(keeping: questions[0])])
    }

    @Test(.enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"))
    func `reads over the codes that Postfix leaves between the lines of a reply`() throws {
        let reply =
            "550-5.7.1 Unfortunately, messages 550-5.7.1 from [192.0.2.1] weren\u{2019}t sent. Part of their network is on our "
            + "550 5.7.1 block list (S3150)."
        #expect(try answers([question(reply)]).count == 1)
    }

    @Test(.enabled(if: StatusFilterTable.isPossible, "needs Postfix with pcre"))
    func `asks an earlier rule of the provider first`() throws {
        let rules = try rules(
            """
            provider = "castle"
            [[rule]]
            name = "stranger"
            text = "gate closed for strangers?/.*user"
            class = "recipient-unknown"
            samples = [{ text = "550 gate closed for stranger/ user", source = "x" }]
            [[rule]]
            name = "gate"
            phrases = ["gate closed"]
            unless = ["open door"]
            class = "ip-block"
            grade = "unmistakable"
            samples = [{ text = "550 gate closed", source = "x" }]
            """)
        let questions = [
            question("550 gate closed", from: "mx.castle.example"),
            question("550 gate closed for strangers/ user", from: "mx.castle.example"),
            question("550 gate closed, open door", from: "mx.castle.example"),
        ]
        #expect(DeliveryStatusFilter(rules).rules == ["gate"])
        #expect(try answers(questions, rules) == [questions[0]: answer(keeping: questions[0])])
    }
}
