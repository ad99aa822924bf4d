// SPDX-License-Identifier: Apache-2.0

/// Where in the SMTP dialogue a mail exchanger answers.
public enum MXStage: String, Hashable, Sendable, CaseIterable {
    /// The banner, sent when a client connects.
    case connect
    /// EHLO or HELO.
    case helo
    /// MAIL FROM.
    case mailFrom = "mail-from"
    /// RCPT TO, once for each recipient.
    case rcptTo = "rcpt-to"
    /// DATA.
    case data
    /// The end of the message.
    case endOfData = "end-of-data"
}
