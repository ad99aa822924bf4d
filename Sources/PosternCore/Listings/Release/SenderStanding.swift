// SPDX-License-Identifier: Apache-2.0

/// What is known of a message's sender, as far as letting its mail out goes.
public enum SenderStanding: String, Hashable, Sendable, CaseIterable {
    /// Known, and sends as it always did.
    case good
    /// Not known well enough to say.
    case unknown
    /// Was far above its own baseline before the listing: its mail stays until somebody frees it.
    case flagged
}
