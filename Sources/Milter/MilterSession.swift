// SPDX-License-Identifier: Apache-2.0

/// One connection of the MTA and the messages that come over it, one after the other.
///
/// The callbacks of one session never overlap, but each may come on another thread: keep no thread-local state.
/// They are synchronous, and a callback that waits holds a thread of libmilter's pool (which has no upper limit)
/// and the SMTP session behind it. Every pointer handed in is valid during the call only.
///
/// The order is not to be relied upon. A peer may leave out steps, repeat them, or close at any time; ``aborted()``
/// ends a message, ``closed()`` the session. What a session keeps per message it must bound itself: the driver
/// sets no limit on the number of header fields, recipients or body bytes.
///
/// Callbacks of steps outside ``MilterConfiguration/steps`` are not called.
public protocol MilterSession: AnyObject {
    /// Says what the MTA has granted; the first call, and the only one before ``connected(host:address:_:)``.
    func negotiated(_ negotiation: MilterNegotiation)
    /// An SMTP client has connected.
    /// - Parameters:
    ///   - host: Its verified host name, or `unknown`, or an address in brackets, as the MTA says.
    ///   - address: `nil` where the MTA knows no address.
    ///   - context: The macros of this step.
    /// - Returns: A verdict on the connection.
    func connected(host: UnsafeRawBufferPointer, address: MilterPeer?, _ context: MilterContext) -> MilterVerdict
    /// HELO or EHLO; again after STARTTLS.
    func helo(_ name: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict
    /// MAIL FROM: a message begins.
    func envelopeSender(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict
    /// RCPT TO; a refusal refuses this recipient only.
    func envelopeRecipient(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict
    /// DATA.
    func data(_ context: MilterContext) -> MilterVerdict
    /// One header field.
    /// - Parameters:
    ///   - name: What stands before the colon.
    ///   - value: What follows the colon, folded lines included; it ends at a NUL. Its leading blank is there if
    ///     ``MilterNegotiation/keepsLeadingSpace``, otherwise the MTA has removed one.
    ///   - context: The macros of this step.
    /// - Returns: A verdict on the message.
    func header(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ context: MilterContext
    ) -> MilterVerdict
    /// The empty line after the header.
    func endOfHeaders(_ context: MilterContext) -> MilterVerdict
    /// A piece of the body, with CR LF line ends; pieces break anywhere, Postfix sends up to 65,535 bytes.
    func body(_ chunk: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict
    /// The whole message has come; the only place where it can be modified.
    func endOfMessage(_ message: MilterMessage) -> MilterVerdict
    /// The message is given up (RSET, a refusal by others, a lost client).
    func aborted()
    /// The connection is gone; the last call.
    func closed()
}

extension MilterSession {
    /// Takes note of nothing.
    public func negotiated(_ negotiation: MilterNegotiation) {}
    /// Lets every client proceed.
    public func connected(
        host: UnsafeRawBufferPointer, address: MilterPeer?, _ context: MilterContext
    ) -> MilterVerdict { .proceed }
    /// Lets every client proceed.
    public func helo(_ name: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict { .proceed }
    /// Lets every sender proceed.
    public func envelopeSender(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict { .proceed }
    /// Lets every recipient proceed.
    public func envelopeRecipient(_ arguments: MilterArguments, _ context: MilterContext) -> MilterVerdict { .proceed }
    /// Lets the message proceed.
    public func data(_ context: MilterContext) -> MilterVerdict { .proceed }
    /// Lets the message proceed.
    public func header(
        name: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer, _ context: MilterContext
    ) -> MilterVerdict { .proceed }
    /// Lets the message proceed.
    public func endOfHeaders(_ context: MilterContext) -> MilterVerdict { .proceed }
    /// Lets the message proceed.
    public func body(_ chunk: UnsafeRawBufferPointer, _ context: MilterContext) -> MilterVerdict { .proceed }
    /// Lets the message proceed, unchanged.
    public func endOfMessage(_ message: MilterMessage) -> MilterVerdict { .proceed }
    /// Forgets nothing, as nothing was kept.
    public func aborted() {}
    /// Releases nothing, as nothing was kept.
    public func closed() {}
}
