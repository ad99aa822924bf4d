// SPDX-License-Identifier: Apache-2.0

/// What is known of how a message came in.
///
/// None of it can be chosen by who submits the message.
public struct SubmissionFacts: Hashable, Sendable {
    /// The door through which a message came.
    public enum Entrance: Hashable, Sendable {
        /// sendmail(1) and pickup(8). A milter sees client port 0, HELO `localhost` and `{i}` already at MAIL.
        case sendmail
        /// smtpd(8). The address is `nil` where Postfix knew none.
        case smtp(ClientAddress?)
        /// Postfix's own bounce, delay warning or address probe (`internal_mail_filter_classes`).
        case postfix
    }

    /// The door through which the message came.
    public var entrance: Entrance
    /// Macro `{auth_authen}` or policy attribute `sasl_username`, as it came; empty where nobody logged in.
    public var login: String
    /// The user of the process: from pickup's log line, or from /proc/net/tcp for a connection within this host.
    public var uid: UInt32?
    /// Macro `{daemon_name}`, empty where it is not known.
    ///
    /// A site sets it with `milter_macro_daemon_name`.
    public var daemonName: String
    /// Whether the envelope sender is `<>`.
    public var envelopeSenderIsNull: Bool
    /// The address of ours that sends the message on, as Postfix's own record tells (`orig_to`); never from a header field.
    public var forwardingAddress: String?

    /// What is known of a message; what is left out is not known.
    public init(
        entrance: Entrance, login: String = "", uid: UInt32? = nil, daemonName: String = "",
        envelopeSenderIsNull: Bool = false, forwardingAddress: String? = nil
    ) {
        self.entrance = entrance
        self.login = login
        self.uid = uid
        self.daemonName = daemonName
        self.envelopeSenderIsNull = envelopeSenderIsNull
        self.forwardingAddress = forwardingAddress
    }
}
