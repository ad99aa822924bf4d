// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// What makes two refusals alike: the same provider, class, sender and codes, and the same words but for what differs
/// from message to message.
///
/// The codes stand beside the template, since that masks every number: S3140 and S3150 are two kinds.
struct RefusalKind: Hashable {
    let provider: String
    let replyClass: String
    let sender: String
    /// 0 where there is none.
    let smtpCode: Int
    let status: String
    let token: String
    let template: String

    /// The kind that a refusal is of.
    init(_ record: RefusalRecord) {
        provider = BoundedText.cut(record.provider?.name ?? "", to: 64)
        replyClass = record.replyClass.rawValue
        sender = BoundedText.cut(record.sender?.name ?? "", to: 256)
        smtpCode = Int(record.reply.code ?? 0)
        status = record.reply.status?.description ?? ""
        token = BoundedText.cut(record.token ?? "", to: 64)
        template = RefusalTemplate(record.reply.text).text
    }
}
