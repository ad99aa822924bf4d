// SPDX-License-Identifier: Apache-2.0
internal import MailLog
internal import PosternCore
internal import Replies

/// An explanation as `explain --json` prints it.
struct ExplainEntry: Encodable {
    let form: String
    let text: String
    let stage: String
    let host: String?
    let recipient: String?
    let `class`: String?
    let scope: String?
    let grade: String?
    let listed: Bool
    let provider: String?
    let code: String?
    let address: String?
    let rule: String?
    let ruleFile: String?
    let remedy: RemedyEntry?

    struct RemedyEntry: Encodable {
        let cause: String
        let waiting: String
        let steps: [String]
        let form: String?
        let asks: [String]
        let usualTime: String?
        let source: String
    }

    init(_ explanation: Explanation) {
        let reading = explanation.reading
        form = explanation.pasted.form.rawValue
        text = explanation.pasted.reply.text
        stage = explanation.pasted.reply.stage.rawValue
        host = explanation.pasted.host
        recipient = explanation.pasted.recipient
        `class` = reading?.replyClass.rawValue
        scope = reading?.scope.rawValue
        grade = reading?.grade.rawValue
        listed = reading?.isListing ?? false
        provider = reading?.provider?.name
        code = reading?.token
        address = reading?.listedAddress?.description
        rule = reading?.rule
        ruleFile = explanation.ruleFile
        remedy = explanation.remedy.map {
            RemedyEntry(
                cause: $0.cause, waiting: $0.waiting.rawValue, steps: $0.steps, form: $0.form, asks: $0.asks,
                usualTime: $0.usualTime, source: $0.source)
        }
    }
}
