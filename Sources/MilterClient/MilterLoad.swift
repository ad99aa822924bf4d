// SPDX-License-Identifier: Apache-2.0

/// A load of messages for a milter, as Postfix would send them, and the measuring of it.
///
/// Every connection sends its next message as soon as the last is decided (a closed loop), so the rate found is
/// what the milter can do with so many at a time. The packets are made before the clock starts. One thread serves
/// all connections, with one write and mostly one read for each reply that has to be waited for: where the milter
/// wants no reply, the packets of several steps go out together, which is what Postfix does too, though in pieces of
/// 4 kB. Time spent here is told in the result, for it is taken from the milter if both share the processors.
public struct MilterLoad: Sendable {
    /// Whether connections last.
    public enum Reuse: String, Sendable {
        /// A connection takes all its messages, as one SMTP session would.
        case kept
        /// Every message has a connection of its own: connect, negotiate, message, close.
        case fresh
    }

    /// Where the milter listens.
    public var endpoint: MilterEndpoint
    /// How many connections there are at a time, from 1.
    public var connections: Int
    /// How many messages there are in all, from 1.
    public var messages: Int
    /// The bytes of a body.
    public var bodySize: Int
    /// The header fields of a message, From among them; at least 5.
    public var headerFields: Int
    /// The recipients of a message, from 1.
    public var recipients: Int
    /// How many logins send in turn, from 1.
    public var logins: Int
    /// The domain that all send from.
    public var domain: String
    /// Whether connections last.
    public var reuse: Reuse
    /// How long a reply may take, in seconds, until the load is given up.
    public var timeout: Int

    /// A load of small messages over kept connections.
    public init(
        endpoint: MilterEndpoint, connections: Int = 8, messages: Int = 10_000, bodySize: Int = 2_048,
        headerFields: Int = 10, recipients: Int = 1, logins: Int = 100, domain: String = "example.com",
        reuse: Reuse = .kept, timeout: Int = 30
    ) {
        self.endpoint = endpoint
        self.connections = connections
        self.messages = messages
        self.bodySize = bodySize
        self.headerFields = headerFields
        self.recipients = recipients
        self.logins = logins
        self.domain = domain
        self.reuse = reuse
        self.timeout = timeout
    }

    /// Sends the load, and comes back when all messages are decided.
    /// - Returns: What was measured.
    /// - Throws: ``MilterClientError`` if the milter cannot be reached, closes, or does not answer.
    public func run() throws(MilterClientError) -> MilterLoadResult {
        let script = try MilterLoadScript(self)
        return try MilterLoadRun(self, script).finish()
    }
}
