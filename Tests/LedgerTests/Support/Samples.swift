// SPDX-License-Identifier: Apache-2.0
import Ledger
import PosternCore

extension RefusalRecord {
    /// A refusal by Microsoft's consumer service as anybody may get it.
    static func block(
        at time: Moment = .noon, provider: String? = "microsoft-consumer", class replyClass: ReplyClass = .ipBlock,
        code: UInt16? = 550, status: EnhancedStatusCode? = EnhancedStatusCode(5, 7, 1), token: String? = "S3150",
        sender: Sender? = .login("shop@example.org"), recipient: String? = "ann@hotmail.example",
        outcome: Outcome = .bounced, text: String? = nil
    ) -> RefusalRecord {
        RefusalRecord(
            time: time, provider: provider.map { Provider($0) }, replyClass: replyClass, scope: .ourAddress,
            reply: SMTPReply(
                code: code, status: status,
                text: text
                    ?? "550 5.7.1 Unfortunately, messages from [192.0.2.1] weren't sent. (S3150). [AM6EUR05FT041]",
                stage: .mailFrom),
            token: token, rule: "microsoft-block-list", listedAddress: ClientAddress(parsing: "192.0.2.1"),
            sender: sender, senderClass: .login, recipientDomain: "hotmail.example", recipient: recipient,
            queueID: QueueID("4jYSWg2zFWz2Nm8m"), outcome: outcome)
    }
}

extension Ledger {
    /// A ledger that writes only when it is told to.
    static func open(
        _ directory: String, clock: HandClock = HandClock(), conditions: Conditions = Conditions(),
        retention: LedgerRetention = LedgerRetention(), maximumWaiting: Int = 50_000, maximumKept: Int = 10_000
    ) throws -> Ledger {
        try Ledger(
            directory: directory,
            options: LedgerOptions(
                retention: retention, interval: .seconds(60), batch: .max, maximumWaiting: maximumWaiting,
                maximumKept: maximumKept),
            clock: { clock.now() }, tell: { conditions.tell($0) })
    }

    /// Everything that it holds, read as another process would.
    func all(_ since: Moment = Moment(milliseconds: 0)) throws -> [Rejection] {
        try LedgerReader(directory: String(path.dropLast("/ledger.db".count)))
            .rejections(RejectionQuery(since: since))
    }
}
