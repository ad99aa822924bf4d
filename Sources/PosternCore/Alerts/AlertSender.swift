// SPDX-License-Identifier: Apache-2.0

/// Somebody who may have caused what an alert tells of.
public struct AlertSender: Hashable, Sendable, Codable {
    /// The sender's name (`Sender.name`).
    public var name: String
    /// To how many recipients it sent in the time in question.
    public var recipients: Int

    /// A sender and what it sent; a long name is cut.
    public init(_ name: String, recipients: Int) {
        self.name = String(name.prefix(AlertFact.longestText))
        self.recipients = recipients
    }
}
