// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

/// The static table by which Postfix keeps mail that would bounce because a provider refuses our address.
///
/// Postfix asks `smtp_delivery_status_filter` (postconf(5)) for each final status, with `<dsn> <reason>` as it will log them, and
/// takes 4.7.1 for an answer to 5.7.1: the message stays in the queue, the reason as the provider worded it. The table works while no
/// daemon lives. In it stand, for each provider's hosts at whole labels, the rules
/// - that are unmistakable about our address: a listing ends, and the mail can go then;
/// - of throttling (class `ip-throttle`, grade `precursor`) that a provider words with a code of 5: "too much" means "later"
///   whatever the code. If such a reading is wrong, a message bounces after `maximal_queue_lifetime` instead of now; without
///   it, mail bounces that nobody refused.
///
/// A rule that would claim the text first, of the same provider or of another that looks for the same words, is asked
/// first here too. What a tenant can word is in it as far
/// as the rules take it; that two recipient domains must have said it is the listing machine's affair.
public struct DeliveryStatusFilter: Sendable {
    /// The rules that keep mail, in the table's order; one that several providers share stands once.
    public let rules: [String]
    /// Rules that would have to stand in it but cannot be said in one expression: those keep nothing.
    public let omitted: [String]
    /// Tells two tables apart: 16 hexadecimal digits over everything below the heading.
    public let fingerprint: String
    /// The table without its heading.
    private let body: String

    private static let marker = "# rules: "

    /// The filter of these rules.
    public init(_ rules: ReplyRules) {
        let blocks = rules.providers.providers.sorted { $0.name < $1.name }
            .compactMap { FilterBlock(of: $0, in: rules) }
        var names: [String] = []
        for name in blocks.flatMap(\.kept) where !names.contains(name) { names.append(name) }
        self.rules = names
        omitted = Set(blocks.flatMap(\.omitted)).sorted()
        body = blocks.map(\.text).joined()
        fingerprint = Self.hash(body)
    }

    /// The file as Postfix reads it, see pcre_table(5).
    /// - Parameter version: Which Postern writes it.
    /// - Returns: The heading and the table; the same for the same rules and version.
    public func text(version: String) -> String {
        """
        # Refusals of our address that keep mail in the queue instead of returning it.
        #
        # Written by \(version) from its reply rules; changes here are lost. Anew:
        #   postern setup --listings
        \(Self.marker)\(fingerprint)

        """ + body
    }

    /// The fingerprint that a table carries.
    /// - Returns: `nil` if it carries none: then Postern has not written it.
    public static func fingerprint(in text: some StringProtocol) -> String? {
        for line in text.split(separator: "\n") where line.hasPrefix(marker) {
            return String(line.dropFirst(marker.count))
        }
        return nil
    }

    /// FNV-1a, 64 bits: it has to notice a change, not to withstand anybody.
    private static func hash(_ text: String) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
