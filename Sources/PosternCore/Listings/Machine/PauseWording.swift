// SPDX-License-Identifier: Apache-2.0

/// What a sender reads about mail that waits: in a delay warning, in mailq, in the log.
///
/// Postfix keeps a queue for each distinct text, so a listing keeps its text.
enum PauseWording {
    /// The text for a listing.
    static func text(for cause: ListingCause, providerName: String) -> String {
        let address = cause.listedAddress.map(clean) ?? "our address"
        let code = cause.token.map { " (\(clean($0)))" } ?? ""
        return switch cause.severity {
        case .blocked: "4.7.0 \(clean(providerName)) lists \(address)\(code); mail is kept and will be retried"
        case .throttled:
            "4.7.0 \(clean(providerName)) limits mail from \(address)\(code); mail is kept and will be retried"
        }
    }

    /// The text for a pause by hand.
    static func textByHand(providerName: String) -> String {
        "4.7.0 mail for \(clean(providerName)) is paused by the postmaster; it is kept and will be retried"
    }

    /// Printable ASCII only and not too long: the token comes from the other side.
    private static func clean(_ text: String) -> String {
        String(decoding: text.utf8.lazy.filter { 0x20...0x7E ~= $0 }.prefix(64), as: UTF8.self)
    }
}
