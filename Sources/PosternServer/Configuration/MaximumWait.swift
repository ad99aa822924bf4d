// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
public import Settings

/// How long mail of one kind may wait for a provider that lists us; after that it is returned rather than delivered too late.
public struct MaximumWait: Hashable, Sendable {
    /// Notices, with the null sender.
    public static let nullSender = "null-sender"
    /// Mail from outside that an address of ours sends on.
    public static let forwarded = "forwarded"

    /// ``nullSender``, ``forwarded``, or an envelope sender in lower case.
    public var mail: String
    /// How long.
    public var after: Duration

    /// Reads one `[[maximum-wait]]`.
    public init(_ section: Section) {
        mail = section.required(
            "mail", .waitingMail, example: "otp@example.org",
            help:
                "Which mail: \"null-sender\", \"forwarded\", or an envelope sender, such as that of one-time passwords."
        )
        after = section.required(
            "after", .duration(in: .seconds(10)...(.hours(24 * 30))), example: .minutes(15),
            help: "How long it may wait in the queue; then it is returned to its sender, with the reason; notices, "
                + "which have no sender, are dropped.")
    }
}

extension ListingsSettings {
    /// Which of the site's longest waits holds for a message: that of its sender goes before that of its kind.
    func waitClass(of message: WaitingMessage) -> String? {
        guard !maximumWaits.isEmpty else { return nil }
        let sender = message.sender.lowercased()
        if maximumWaits[sender] != nil { return sender }
        if message.traits.contains(.nullSender), maximumWaits[MaximumWait.nullSender] != nil {
            return MaximumWait.nullSender
        }
        if message.traits.contains(.forwarded), maximumWaits[MaximumWait.forwarded] != nil {
            return MaximumWait.forwarded
        }
        return nil
    }
}

extension Kind where Value == String {
    /// A kind of waiting mail, or an envelope sender.
    fileprivate static var waitingMail: Kind {
        .parsed("\"null-sender\", \"forwarded\" or an envelope sender") { text in
            let folded = text.lowercased()
            let parts = folded.split(separator: "@", omittingEmptySubsequences: false)
            let isAddress = parts.count == 2 && parts.allSatisfy { !$0.isEmpty && !$0.contains(" ") }
            guard isAddress || [MaximumWait.nullSender, MaximumWait.forwarded].contains(folded) else {
                return .refused("\(quoted(text)) is neither \"null-sender\" nor \"forwarded\" nor an address")
            }
            return .value(folded)
        } print: {
            $0
        }
    }
}
