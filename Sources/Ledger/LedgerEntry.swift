// SPDX-License-Identifier: Apache-2.0
public import PosternCore

/// One thing that the ledger keeps.
public enum LedgerEntry: Hashable, Sendable {
    /// A delivery that was refused.
    case refused(RefusalRecord)
    /// A delivery that was accepted.
    case accepted(AcceptanceRecord)
    /// Something that Postern or an operator did.
    case event(LedgerEvent)
    /// A message that a limit put on hold.
    case held(HeldMail)
    /// A message that is on hold no more.
    case notHeld(QueueID)
}
