// SPDX-License-Identifier: Apache-2.0

/// A message that a mail exchanger took.
public struct ReceivedMail: Sendable {
    /// Who took it.
    public var host: MXHost
    /// The client's address, without port.
    public var client: String
    /// What the client called itself in EHLO.
    public var helo: String
    /// The envelope sender, without angle brackets; empty for the null sender.
    public var sender: String
    /// The recipients that were accepted, without angle brackets.
    public var recipients: [String]
    /// The message as it was sent, dot-stuffing undone, with its CRLFs.
    public var content: [UInt8]
    /// When its end was accepted.
    public var time: ContinuousClock.Instant

    /// The message as text; what is not UTF-8 is replaced.
    public var text: String { String(decoding: content, as: UTF8.self) }
}
