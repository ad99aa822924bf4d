// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Replies

@Suite struct `An evaluation` {
    private func labelled(_ text: String, _ replyClass: String, listed: Bool, more: String = "") throws -> LabelledReply
    {
        try LabelledReply(
            line:
                "{\"id\": \"1\", \"text\": \"\(text)\", \"class\": \"\(replyClass)\", \"listed_for_us\": \(listed)\(more)}"
        )
    }

    private func evaluate(_ replies: [LabelledReply]) -> ReplyEvaluation {
        var evaluation = ReplyEvaluation()
        for reply in replies { evaluation.add(reply, shipped.reading(of: reply.reply, from: reply.host)) }
        return evaluation
    }

    @Test func `counts hits, false alarms and what was overlooked`() throws {
        let blocked = "554 5.7.1 Client host [192.0.2.1] blocked using zen.spamhaus.org"
        let evaluation = evaluate([
            try labelled(blocked, "ip-block", listed: true), try labelled(blocked, "other", listed: false),
            try labelled("550 odd", "ip-block", listed: true),
        ])
        #expect(evaluation.listing.precision == 0.5)
        #expect(evaluation.listing.recall == 0.5)
        #expect(evaluation.classAccuracy == 1.0 / 3)
        #expect(evaluation.misses.count == 2)
    }

    @Test func `lets an alternative class pass`() throws {
        let reply = try labelled("550 odd", "ip-block", listed: false, more: ", \"alt_class\": [\"other\"]")
        #expect(evaluate([reply]).classAccuracy == 1)
    }

    @Test func `reads code, status and host where the line has them`() throws {
        let reply = try labelled(
            "x", "other", listed: false, more: ", \"smtp_code\": 550, \"dsn\": \"5.7.1\", \"mx_host\": \"mx.example\"")
        #expect(reply.reply.code == 550)
        #expect(reply.reply.status == EnhancedStatusCode(5, 7, 1))
        #expect(reply.host == "mx.example")
    }

    @Test func `refuses a line that is no object`() {
        #expect(throws: LabelledReply.Malformed.self) { try LabelledReply(line: "550 no") }
    }

    @Test func `of nothing has nothing wrong`() {
        #expect(ReplyEvaluation().listing.precision == 1)
        #expect(ReplyEvaluation().classAccuracy == 1)
    }
}
