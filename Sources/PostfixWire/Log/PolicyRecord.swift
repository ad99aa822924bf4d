// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// A decision of smtpd(8), cleanup(8) or a milter about a message or one recipient:
/// `milter-reject: END-OF-MESSAGE from host[192.0.2.7]: 4.7.1 Try again later; from=<…> to=<…> proto=ESMTP helo=<…>`.
///
/// Only what stands before the first words of the client's choosing is taken for certain: action, stage, client and codes.
public struct PolicyRecord: Sendable {
    /// What was decided.
    public let action: PolicyAction
    /// At which stage, for decisions about a command or the whole message.
    public let stage: PolicyStage
    /// The client's host name; `nil` where the line starts with mail content (header and body checks).
    public let clientName: LineRange?
    /// The client's address, as text.
    public let clientAddress: LineRange?
    /// The SMTP reply code; cleanup(8) logs none.
    public let code: UInt16?
    /// The enhanced status code.
    public let status: EnhancedStatusCode?
    /// All that follows the client and the codes.
    ///
    /// Client and content have a part in its wording.
    public let text: LineRange
    /// The envelope sender, without brackets; `nil` also where the text could have been worded to feign one.
    public let sender: LineRange?
    /// The last recipient, without brackets; `nil` also where the text could have been worded to feign one.
    public let recipient: LineRange?
}

/// What was decided, by the word that Postfix logs.
public enum PolicyAction: Hashable, Sendable {
    /// `reject`: by a restriction, or header or body checks.
    case reject
    /// `milter-reject`.
    case milterReject
    /// `hold`.
    case hold
    /// `milter-hold`.
    case milterHold
    /// `discard`.
    case discard
    /// `milter-discard`.
    case milterDiscard
    /// `proxy-reject`: by a before-queue content filter.
    case proxyReject
    /// `redirect`, `filter`, `prepend`, `warn`, `reject_warning`, …: the message goes on.
    case notice
}

/// The stage of an SMTP session at which Postfix decided.
public enum PolicyStage: Hashable, Sendable {
    /// CONNECT.
    case connect
    /// EHLO or HELO.
    case helo
    /// MAIL.
    case mail
    /// RCPT: about one recipient.
    case recipient
    /// DATA or BDAT.
    case data
    /// END-OF-MESSAGE.
    case endOfMessage
    /// A header or body line, by header_checks(5).
    case content
    /// ETRN, VRFY, or what is not known.
    case other
}
