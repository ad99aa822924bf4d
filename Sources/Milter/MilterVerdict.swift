// SPDX-License-Identifier: Apache-2.0

/// What the MTA shall do after a step.
///
/// It is heard only in the steps of ``MilterConfiguration/answered``.
public enum MilterVerdict: Sendable {
    /// Go on with the next step.
    case proceed
    /// Take the message without asking again; at connect and HELO: all messages of the connection.
    case accept
    /// Refuse with 550 5.7.1; at a recipient: this recipient only.
    case reject
    /// Refuse for now with 451 4.7.1; at a recipient: this recipient only.
    case temporaryFailure
    /// Take the message and throw it away.
    case discard
    /// In ``MilterSession/body(_:_:)``: no more of the body is wanted, go on at its end.
    ///
    /// Elsewhere, or where the MTA does not know it, the same as ``proceed``.
    case skip
    /// Refuse with these words; at a recipient: this recipient only.
    case reply(MilterReply)
}
