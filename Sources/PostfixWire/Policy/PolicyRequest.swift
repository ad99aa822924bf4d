// SPDX-License-Identifier: Apache-2.0

/// What smtpd(8) asks a policy service, as far as a decision about limits needs it (SMTPD_POLICY_README).
///
/// Texts are as Postfix sent them, empty where it knew nothing; what is no UTF-8 is repaired.
public struct PolicyRequest: Hashable, Sendable {
    /// The SMTP command at which Postfix asks (`protocol_state`).
    public enum Stage: Hashable, Sendable {
        /// A recipient; also what stands in client, HELO and sender restrictions, under `smtpd_delay_reject`.
        case recipient
        /// All recipients are known, the content is not. BDAT too.
        case data
        /// The content is there.
        case endOfMessage
        /// Another stage, or nothing that smtpd(8) asks: a request that cannot be decided.
        case other
    }

    /// Where Postfix asks.
    public var stage = Stage.other
    /// Whether the bytes were a request of smtpd(8) at all.
    public var isReadable = false
    /// Names the message in all requests about it, also before there is a queue ID (`instance`).
    public var instance = ""
    /// The queue ID; empty before the first recipient is accepted.
    public var queueID = ""
    /// The address of the client, or `unknown`.
    public var clientAddress = ""
    /// The TCP port of the client; 0 where it is not known.
    public var clientPort: UInt16 = 0
    /// The login by SASL (`sasl_username`); empty without one.
    public var login = ""
    /// The envelope sender without angle brackets; empty for `<>`.
    public var sender = ""
    /// The recipient; at DATA and later only if there is no other.
    public var recipient = ""
    /// How many recipients were accepted: right at DATA and later, 0 before.
    public var recipientCount: UInt32 = 0
    /// What the site says of the service that asks (`smtpd_policy_service_policy_context`, Postfix 3.1).
    public var context = ""

    /// A request that says nothing.
    public init() {}
}
