// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore

/// What is to be done in the world because of the listings, outside the lock, in order.
enum ListingTask: Hashable, Sendable {
    /// Have Postfix try a message now (`postqueue -i`).
    case deliver(QueueID)
    /// Have a message returned to its sender: it has waited for as long as mail of its kind may.
    case giveUp(QueueID)
    /// Have qmgr(8) forget where the messages go that it holds: mail of a provider that has just been paused among them.
    case reloadQueueManager(Provider)
    /// Have Postfix open the table of routes anew: the old file was put aside.
    case reopenRoutes
    /// Tell people.
    case alert(Alert)
    /// Write to the ledger.
    case record(LedgerEvent)
    /// Tell the daemon's own log.
    case say(String)
}
