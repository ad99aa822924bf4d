// SPDX-License-Identifier: Apache-2.0
internal import Ledger
internal import PosternCore
internal import PostfixWire

/// A message on hold: what the ledger knows of it, and what Postfix shows.
struct HeldMessage {
    let id: QueueID
    /// `nil` if it was not held by us.
    let record: HeldMail?
    /// `nil` where Postfix's queue could not be seen.
    let entry: QueueEntry?

    /// Who is accountable; `nil` where somebody else held it.
    var sender: String? { record?.sender }
    /// When it arrived, or was held.
    var since: Moment { record?.time ?? entry?.arrival ?? Moment(milliseconds: 0) }
    /// In bytes, if known.
    var size: Int? { entry?.size ?? record?.size }
    /// How many recipients it has.
    var recipients: Int { entry?.recipientCount ?? record?.recipients ?? 0 }
}
