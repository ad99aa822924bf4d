// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies

/// Refusals by their wording: by the rule that knows it, else by the text without what changes from one reply to the next.
struct RefusalTallies: Sendable {
    private static let capacity = 2000
    private static let reported = 100
    private static let longestTemplate = 120
    private static let longestSample = 500

    private struct Wording: Hashable {
        let provider: Provider?
        let replyClass: ReplyClass
        /// The rule's name, or the template of the text.
        let words: String
    }

    private var summariesByWording: [Wording: RefusalSummary] = [:]
    /// Refusals for whose wording there was no room.
    private(set) var unlisted = 0

    /// Counts a refusal.
    mutating func count(_ delivery: Delivery) {
        guard let reply = delivery.reply, let reading = delivery.reading else { return }
        let wording = Wording(
            provider: delivery.provider, replyClass: reading.replyClass,
            words: reading.rule ?? Self.template(of: reply.text))
        if summariesByWording[wording] == nil {
            guard summariesByWording.count < Self.capacity else {
                unlisted += 1
                return
            }
            summariesByWording[wording] = RefusalSummary(
                provider: delivery.provider?.name, replyClass: reading.replyClass.rawValue, rule: reading.rule,
                count: 0,
                sample: String(reply.text.prefix(Self.longestSample)))
        }
        summariesByWording[wording]?.count += 1
    }

    /// The most frequent wordings, those first.
    var summaries: [RefusalSummary] {
        summariesByWording.values.sorted { ($1.count, $0.sample) < ($0.count, $1.sample) }.prefix(Self.reported).map {
            $0
        }
    }

    /// The text with `#` in place of each word that holds a digit, an address sign or a dot within: names, numbers, addresses.
    static func template(of text: String) -> String {
        var template: [UInt8] = []
        for word in text.utf8.split(separator: UInt8(ascii: " ")) {
            guard template.count < longestTemplate else { break }
            if !template.isEmpty { template.append(UInt8(ascii: " ")) }
            let changes = word.dropLast().contains {
                0x30...0x39 ~= $0 || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: ".")
            }
            if changes { template.append(UInt8(ascii: "#")) } else { template += word.prefix(longestTemplate) }
        }
        return String(decoding: template, as: UTF8.self)
    }
}
