// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import PosternServer

/// A story as a person reads it; what others worded is made harmless.
struct WhyText {
    let story: MailStory

    init(_ story: MailStory) {
        self.story = story
    }

    var text: String {
        guard !story.isEmpty else {
            return "nothing is known of \(Terminal.harmless(story.subject)); messages are remembered for 14 days"
        }
        let messages = story.messages.map { self.message($0) }
        let attempts = story.attempts.map { attempt($0) }
        let refusals = story.refusals.map { refusal($0) }
        var parts = messages
        if !attempts.isEmpty {
            parts.append(([Terminal.styled("attempts to deliver", .bold)] + attempts).joined(separator: "\n"))
        }
        if !refusals.isEmpty {
            parts.append(([Terminal.styled("refused by others", .bold)] + refusals).joined(separator: "\n"))
        }
        if !story.complaints.isEmpty {
            let lines = story.complaints.map {
                Terminal.harmless("  \($0.time)  \($0.kind.isEmpty ? "complaint" : $0.kind), told by \($0.reporter)")
            }
            parts.append(([Terminal.styled("complaints", .bold)] + lines).joined(separator: "\n"))
        }
        return parts.joined(separator: "\n\n")
    }

    private func message(_ message: MailStory.Message) -> String {
        var lines = [Terminal.styled("\(message.queueID ?? "no queue ID")  \(message.time)", .bold)]
        func add(_ name: String, _ value: String?) {
            guard let value, !value.isEmpty else { return }
            lines.append(
                "  " + name + String(repeating: " ", count: max(1, 12 - name.count)) + Terminal.harmless(value))
        }
        add("sender", message.sender + (message.senderClass.map { " (\($0))" } ?? ""))
        add("from", message.client ?? "this host, by sendmail")
        add("script", message.script)
        add("envelope", "<\(message.envelopeSender)>")
        let refused = message.refusedRecipients == 0 ? "" : ", \(message.refusedRecipients) refused by a limit"
        add("recipients", "\(message.recipients) accepted\(refused)")
        add("size", message.size.map { "about \($0) bytes" })
        add("signed", message.signedBy.map { "by \($0)" } ?? message.unsigned.map { "no: \($0)" })
        add("limits", message.standings.joined(separator: ", "))
        add("outcome", message.outcome + (message.reason.map { ": \($0)" } ?? ""))
        return lines.joined(separator: "\n")
    }

    private func attempt(_ attempt: MailStory.Attempt) -> String {
        let place = [attempt.provider, attempt.host].compactMap { $0 }.joined(separator: ", ")
        var line = "  \(attempt.time)  \(attempt.recipient)  \(attempt.outcome)"
        if !place.isEmpty { line += " at \(place)" }
        if let queueID = attempt.queueID, queueID != story.subject { line += "  \(queueID)" }
        if attempt.waitsForListing { line += "; it waits, for this provider lists our address" }
        if let replyClass = attempt.replyClass { line += "; \(meaning(of: replyClass))" }
        line = Terminal.harmless(line)
        if let reply = attempt.reply, !attempt.waitsForListing { line += "\n      " + Terminal.harmless(reply) }
        return line
    }

    private func refusal(_ refusal: MailStory.Refusal) -> String {
        Terminal.harmless(
            "  \(refusal.count) times, last \(refusal.last)  \(refusal.provider ?? "others")  \(refusal.replyClass)")
            + "\n      " + Terminal.harmless(refusal.sample)
    }

    /// A class of replies in a sentence.
    private func meaning(of replyClass: String) -> String {
        guard let known = ReplyClass(rawValue: replyClass) else { return replyClass }
        let words =
            switch known {
            case .ipBlock: "our address is blocked"
            case .ipThrottle: "our address is slowed down"
            case .domainBlock: "our domain is blocked"
            case .reputation: "our reputation is too low for it"
            case .spamContent: "it was taken for spam"
            case .authentication: "it lacks authentication (SPF, DKIM or DMARC)"
            case .dnsConfig: "our DNS is not to its liking"
            case .recipientUnknown: "the recipient does not exist"
            case .mailboxFull: "the mailbox is full"
            case .recipientPolicy: "the recipient's own policy"
            case .greylist: "greylisted: the next attempt should pass"
            case .serverBusy: "the other server is busy"
            case .network: "the network failed"
            case .tls: "TLS failed"
            case .size: "it is too large"
            case .relayDenied: "the other server does not relay for us"
            case .senderRejected: "the envelope sender is refused"
            case .other: "in words that no rule knows"
            }
        return "\(words) (\(replyClass))"
    }
}
