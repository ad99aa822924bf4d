// SPDX-License-Identifier: Apache-2.0

/// A step with which the MTA sends macros.
///
/// The values are libmilter's `SMFIM_*`.
public enum MilterStage: Int32, CaseIterable, Sendable {
    /// A client has connected.
    case connect = 0
    /// HELO or EHLO.
    case helo = 1
    /// MAIL FROM.
    case envelopeSender = 2
    /// RCPT TO.
    case envelopeRecipient = 3
    /// DATA.
    case data = 4
    /// The end of the message.
    case endOfMessage = 5
    /// The end of the header.
    case endOfHeaders = 6
}
