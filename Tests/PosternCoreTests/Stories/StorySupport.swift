// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

extension QueueID {
    /// A made-up ID for a test, `A0000001` and so on.
    static func test(_ number: Int) throws -> QueueID {
        let digits = String(number)
        return try #require(QueueID("A" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits))
    }
}

extension DeliveryAttempt {
    /// An attempt for a test; to another host and with success unless told otherwise.
    static func to(
        _ recipient: String, _ way: Way = .remote, _ outcome: DeliveryOutcome = .sent, for original: String? = nil,
        _ replyClass: ReplyClass? = nil
    ) -> DeliveryAttempt {
        DeliveryAttempt(
            recipient: recipient, originalRecipient: original, way: way, outcome: outcome, replyClass: replyClass)
    }
}
