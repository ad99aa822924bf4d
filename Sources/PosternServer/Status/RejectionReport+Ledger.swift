// SPDX-License-Identifier: Apache-2.0
public import Ledger
internal import PosternCore
public import StatusModel

extension RejectionReport {
    /// Refusals as the ledger keeps them.
    public init(_ kind: Rejection) {
        self.init(
            deferred: kind.deferred, bounced: kind.bounced, total: kind.total, first: Timestamp(kind.first),
            last: Timestamp(kind.last), provider: kind.provider?.name, replyClass: kind.replyClass.rawValue,
            scope: kind.scope.rawValue, smtpCode: kind.smtpCode, status: kind.status?.description, token: kind.token,
            rule: kind.rule, listedAddress: kind.listedAddress, sender: kind.sender,
            senderClass: kind.senderClass?.rawValue, recipientDomain: kind.recipientDomain, recipient: kind.recipient,
            queueID: kind.queueID, outcome: kind.outcome.rawValue, sample: kind.sample)
    }
}
