// SPDX-License-Identifier: Apache-2.0

/// How one message fared at the lab's Postfix.
public struct Submission: Sendable {
    /// The answer to MAIL FROM.
    public var mailFrom: SMTPAnswer
    /// The answers to RCPT TO, in the recipients' order; empty if MAIL FROM was refused.
    public var rcptTo: [SMTPAnswer] = []
    /// The answer to DATA; `nil` if no recipient was accepted.
    public var data: SMTPAnswer?
    /// The answer to the end of the message; `nil` if DATA was refused.
    public var endOfData: SMTPAnswer?

    /// Whether the message was accepted, for at least one recipient.
    public var isAccepted: Bool { endOfData?.isPositive == true }

    /// The queue ID that Postfix told: `250 2.0.0 Ok: queued as 4AB3…`; `nil` if it was not accepted.
    public var queueID: String? {
        guard isAccepted, let text = endOfData?.lines.first else { return nil }
        return text.split(separator: " ").last.map(String.init)
    }
}
