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

    @Test func `say the same to many readers at once`() async {
        let replies = shipped.rules.flatMap(\.samples).map(\.reply)
        let alone = replies.map { shipped.reading(of: $0) }
        await withTaskGroup(of: [Reading].self) { group in
            for _ in 0..<4 { group.addTask { replies.map { shipped.reading(of: $0) } } }
            for await readings in group { #expect(readings == alone) }
        }
    }
}
