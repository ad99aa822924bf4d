// SPDX-License-Identifier: Apache-2.0
import Foundation
import PosternCore
import Testing

@testable import Replies

@Suite struct `The shipped rules` {
    @Test func `are proved by their samples, and none hides another`() {
        // Loading has tried every sample; a fault would have been thrown.
        #expect(shipped.notices.isEmpty)
        #expect(shipped.rules.allSatisfy { !$0.samples.isEmpty })
    }

    @Test func `blame our address where they grade a reply as evidence`() {
        for rule in shipped.rules where rule.grade == .unmistakable {
            #expect(rule.replyClass == .ipBlock && rule.scope == .ourAddress, "\(rule.name)")
        }
    }

    @Test func `bind what is unmistakable to a provider`() {
        for rule in shipped.rules where rule.grade == .unmistakable {
            #expect(rule.provider != nil, "\(rule.name)")
        }
    }

    @Test func `keep the remedies of Outlook.com, Microsoft 365, Spamhaus and the authentication rule apart`() throws {
        let names = ["microsoft-consumer-list", "m365-list", "spamhaus-address", "microsoft-authentication"]
        let remedies = try names.map { try #require(shipped.remedies[$0]) }
        #expect(Set(remedies.map(\.cause)).count == 4)
        #expect(remedies[0].form != remedies[1].form)
        #expect(remedies[2].form == "https://check.spamhaus.org/")
        #expect(remedies[3].form == nil)
    }

    @Test func `read published replies as people have judged them`() throws {
        let url = try #require(Bundle.module.url(forResource: "Samples/replies", withExtension: "jsonl"))
        let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
        var evaluation = ReplyEvaluation()
        for line in lines {
            let labelled = try LabelledReply(line: line)
            evaluation.add(labelled, shipped.reading(of: labelled.reply))
        }
        #expect(evaluation.judged == lines.count)
        #expect(evaluation.misses.map(\.labelled.id) == [])
    }

    @Test func `say the same when asked again, and something else of another host, address, code or stage`() throws {
        let text = "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent: block list (S3150)"
        let reply = SMTPReply(code: 550, status: nil, text: text)
        let olc = "hotmail-com.olc.protection.outlook.com"
        #expect(shipped.reading(of: reply, from: olc) == shipped.reading(of: reply, from: olc))
        #expect(shipped.reading(of: reply, from: olc).isListing)
        #expect(!shipped.reading(of: reply, from: "mx.example").isListing)

        let closed = "554 192.0.2.1 and 192.0.2.2 are on our block list"
        let refusal = SMTPReply(code: nil, status: nil, text: closed)
        #expect(shipped.reading(of: refusal, from: "a.example", at: .v4(0xC000_0201)).listedAddress == .v4(0xC000_0202))
        #expect(shipped.reading(of: refusal, from: "a.example", at: .v4(0xC000_0202)).listedAddress == .v4(0xC000_0201))

        let staged = try rules(
            """
            [[rule]]
            name = "gate"
            phrases = ["shut"]
            codes = ["5xx"]
            stages = ["connect"]
            class = "ip-block"
            samples = [{ text = "the gate is shut", code = 554, stage = "connect", source = "here" }]
            """)
        for _ in 0..<2 {
            #expect(staged.reading(of: SMTPReply(code: 554, status: nil, text: "shut", stage: .connect)).isListing)
            #expect(!staged.reading(of: SMTPReply(code: 554, status: nil, text: "shut", stage: .data)).isListing)
            #expect(!staged.reading(of: SMTPReply(code: 454, status: nil, text: "shut", stage: .connect)).isListing)
        }
    }

    @Test func `say the same to many readers at once`() async {
        let replies = shipped.rules.flatMap(\.samples).map(\.reply)
        let alone = replies.map { shipped.reading(of: $0) }
        await withTaskGroup(of: [ReplyReading].self) { group in
            for _ in 0..<4 { group.addTask { replies.map { shipped.reading(of: $0) } } }
            for await readings in group { #expect(readings == alone) }
        }
    }
}
