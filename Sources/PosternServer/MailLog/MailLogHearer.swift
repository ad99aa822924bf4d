// SPDX-License-Identifier: Apache-2.0
internal import MailLog

/// Whoever follows, line by line, what becomes of mail.
///
/// All calls come from the thread that follows the log, in the order of its lines; while one of them works, the log
/// waits. What is heard is read again after a crash unless the ledger has it before the next `MailLogWatch.reached`.
protocol MailLogHearer: AnyObject, Sendable {
    /// One attempt to deliver to one recipient.
    func heard(_ delivery: Delivery)
    /// The log tells nothing from now on, or tells again.
    func sightChanged(isBlind: Bool)
}
