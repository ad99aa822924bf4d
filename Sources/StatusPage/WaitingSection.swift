// SPDX-License-Identifier: Apache-2.0
internal import StatusModel

/// What waits in Postfix's queue for each provider, and when it would be given back.
struct WaitingSection {
    let facts: OverviewPage.Facts

    var markup: HTML {
        let waiting = facts.listings.listings.compactMap { listing in listing.waiting.map { (listing.provider, $0) } }
            .filter { $0.1.messages > 0 }
        guard !waiting.isEmpty else { return .none }
        let rows: [HTML] = waiting.map { provider, mail in
            let oldest = mail.oldest.map { Wording.ago($0, at: facts.now) } ?? "–"
            let expiry = mail.firstExpiry.map { Wording.ahead($0, at: facts.now) } ?? "–"
            return """
                <tr><th scope="row">\(provider)</th><td class="n">\(Wording.count(mail.messages))</td><td>\(oldest)</td>\
                <td>\(expiry)</td></tr>
                """
        }
        return """
            <section aria-labelledby="h-waiting"><h2 id="h-waiting">Waiting mail</h2><div class="scroll"><table>\
            <caption>Kept in Postfix's deferred queue; given back to its sender when its time there is up.</caption>\
            <thead><tr><th scope="col">Provider</th><th scope="col" class="n">Messages</th><th scope="col">Oldest</th>\
            <th scope="col">First given back</th></tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }
}
