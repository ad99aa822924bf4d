// SPDX-License-Identifier: Apache-2.0

/// What mail exchangers took of messages, told apart by their Message-ID: whether any was lost, or came twice.
public struct MailAccount: Sendable {
    /// How often each message was taken, for each of its recipients.
    public private(set) var deliveries: [String: [String: Int]] = [:]

    /// The account of what mail exchangers took.
    public init(of mail: [ReceivedMail]) {
        for message in mail {
            guard let identifier = Self.identifier(of: message) else { continue }
            for recipient in message.recipients { deliveries[identifier, default: [:]][recipient, default: 0] += 1 }
        }
    }

    /// Messages that a recipient got more than once.
    public var duplicated: [String] {
        deliveries.filter { $0.value.values.contains { $0 > 1 } }.keys.sorted()
    }

    /// Those of these messages that nobody got.
    public func missing(of identifiers: some Sequence<String>) -> [String] {
        identifiers.filter { deliveries[$0] == nil }
    }

    /// The Message-ID with its angle brackets.
    private static func identifier(of message: ReceivedMail) -> String? {
        for line in message.text.split(whereSeparator: \.isNewline) where line.lowercased().hasPrefix("message-id:") {
            return line.dropFirst("message-id:".count).split(separator: " ").first.map(String.init)
        }
        return nil
    }
}
