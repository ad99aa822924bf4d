// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One thing that the ledger keeps.
public enum LedgerEntry: Hashable, Sendable {
    /// A delivery that was refused.
    case refused(RefusalRecord)
    /// A delivery that was accepted.
    case accepted(AcceptanceRecord)
    /// An attempt to deliver, whatever it came to, for the story of its message.
    case attempted(AttemptRecord)
    /// A message that somebody here submitted.
    case submitted(Submission)
    /// Something that Postern or an operator did.
    case event(LedgerEvent)
    /// A message that a limit put on hold.
    case held(HeldMail)
    /// A message that is on hold no more.
    case notHeld(QueueID)
    /// Something that a part of Postern did to mail.
    case deed(Deed)
}
