// SPDX-License-Identifier: Apache-2.0

/// Whom an attempt is put down to.
public struct Attribution: Hashable, Sendable {
    /// Who is accountable: whoever submitted the message, else the address of ours that forwards it; `nil` for notices, mail
    /// from outside to recipients here, and where the message's beginning was not heard.
    public var sender: Sender?
    /// Whether an address of ours sent the message on, whoever is accountable.
    public var isForwarded: Bool
    /// Which attempt for this recipient it was, from 1; `nil` if the message has too many recipients to tell.
    public var attempt: Int?
    /// What is to be counted against `sender`; `nil` for attempts that never left this host, and for a retry that ended like
    /// the attempt before.
    public var counted: OutcomeKind?

    /// An attribution of known parts.
    public init(sender: Sender?, isForwarded: Bool, attempt: Int?, counted: OutcomeKind?) {
        self.sender = sender
        self.isForwarded = isForwarded
        self.attempt = attempt
        self.counted = counted
    }
}
