// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// smtpd's line for a new message: `client=host[192.0.2.7], sasl_method=PLAIN, sasl_username=alice@example.com`.
public struct AcceptedRecord: Sendable {
    /// The client's verified host name, or `unknown`.
    public let clientName: LineRange
    /// The client's address, as text.
    public let clientAddress: LineRange
    /// The client's port, with `smtpd_client_port_logging = yes`.
    public let clientPort: UInt16?
    /// The SASL login name, as the client gave it.
    public let login: LineRange?
    /// What a content filter told by XFORWARD: the ID under which the message was in the queue before.
    public let originalID: QueueID?
}

/// pickup's line for a new message: `uid=33 from=<www-data>`, and `orig_id=…` where postsuper(1) requeued it.
public struct SubmittedRecord: Sendable {
    /// The user who ran sendmail(1); Postfix's own for a requeued message.
    public let userID: UInt32
    /// The envelope sender, without brackets; freely chosen by that user.
    public let sender: LineRange
    /// The ID that a requeued message had before.
    public let originalID: QueueID?
}

/// qmgr's line for a message that enters the active queue: `from=<a@example.com>, size=420, nrcpt=1 (queue active)`.
public struct ActivatedRecord: Sendable {
    /// The envelope sender, without brackets; empty for a notice.
    public let sender: LineRange
    /// The message's size in bytes.
    public let size: Int
    /// How many recipients are still to be delivered.
    public let recipientCount: Int
}

/// A connection that came to nothing or broke off.
public struct ConnectionRecord: Sendable {
    /// The host name.
    public let host: LineRange
    /// Its address, as text.
    public let address: LineRange
    /// The whole message, in Postfix's own words.
    public let text: LineRange
}
