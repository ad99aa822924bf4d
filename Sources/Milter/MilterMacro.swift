// SPDX-License-Identifier: Apache-2.0

/// The name of a macro, which is a value that the MTA sends beside a step, such as `i` or `{auth_authen}`.
///
/// Source of names: Postfix, MILTER_README, "What macros will Postfix send to Milters?".
public struct MilterMacro: Sendable, CustomStringConvertible {
    let name: StaticString

    /// A macro of this name: one character, or a longer name in braces.
    public init(_ name: StaticString) {
        self.name = name
    }

    /// The queue ID.
    ///
    /// With Postfix absent at MAIL and at the first RCPT of SMTP mail.
    public static let queueID = MilterMacro("i")
    /// The MTA's host name.
    public static let hostName = MilterMacro("j")
    /// The SMTP client, as a Received field names it.
    public static let client = MilterMacro("_")
    /// The MTA's name and version.
    public static let version = MilterMacro("v")
    /// The SASL login.
    public static let authenticatedLogin = MilterMacro("{auth_authen}")
    /// The SASL mechanism.
    public static let authenticationMechanism = MilterMacro("{auth_type}")
    /// The identity that a SASL login acts for.
    public static let authenticationAuthor = MilterMacro("{auth_author}")
    /// The envelope sender's address, resolved.
    public static let senderAddress = MilterMacro("{mail_addr}")
    /// The envelope sender's nexthop.
    public static let senderHost = MilterMacro("{mail_host}")
    /// The envelope sender's mail delivery transport; absent for mail that did not come by SMTP.
    public static let senderMailer = MilterMacro("{mail_mailer}")
    /// The recipient's address, resolved; with a rejected recipient the enhanced status code.
    public static let recipientAddress = MilterMacro("{rcpt_addr}")
    /// The recipient's nexthop.
    public static let recipientHost = MilterMacro("{rcpt_host}")
    /// The recipient's mail delivery transport.
    public static let recipientMailer = MilterMacro("{rcpt_mailer}")
    /// The address of the SMTP client.
    public static let clientAddress = MilterMacro("{client_addr}")
    /// The verified host name of the SMTP client.
    public static let clientName = MilterMacro("{client_name}")
    /// The TCP port of the SMTP client; 0 for mail that did not come by SMTP.
    public static let clientPort = MilterMacro("{client_port}")
    /// The unverified host name of the SMTP client.
    public static let clientReverseName = MilterMacro("{client_ptr}")
    /// The name of the MTA's service, `milter_macro_daemon_name`.
    public static let daemonName = MilterMacro("{daemon_name}")
    /// The address at which the MTA was reached.
    public static let daemonAddress = MilterMacro("{daemon_addr}")
    /// The port at which the MTA was reached; 0 for mail that did not come by SMTP.
    public static let daemonPort = MilterMacro("{daemon_port}")
    /// The TLS protocol version.
    public static let tlsVersion = MilterMacro("{tls_version}")
    /// The TLS cipher.
    public static let tlsCipher = MilterMacro("{cipher}")

    /// The name as it is sent.
    public var description: String { name.description }
}
