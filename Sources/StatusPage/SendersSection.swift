// SPDX-License-Identifier: Apache-2.0
internal import StatusModel

/// The senders with the most deliveries.
struct SendersSection {
    let senders: SendersReport?

    /// Senders that are shown.
    private static let most = 10

    var markup: HTML {
        guard let senders, !senders.senders.isEmpty else { return .none }
        let rows: [HTML] = senders.senders.prefix(Self.most).map { sender in
            """
            <tr><th scope="row">\(sender.sender)</th><td class="n">\(Wording.count(sender.sent))</td>\
            <td class="n">\(Wording.count(sender.deferred + sender.bounced))</td>\
            <td class="n">\(Wording.count(sender.unknownUser))</td><td class="n">\(Wording.count(sender.block))</td></tr>
            """
        }
        return """
            <section aria-labelledby="h-senders"><h2 id="h-senders">Top senders</h2><div class="scroll"><table>\
            <caption>Last 24 hours, by recipients. Many unknown recipients, or blocks, point to a stolen login or a bad list.\
            </caption><thead><tr><th scope="col">Sender</th><th scope="col" class="n">Accepted</th>\
            <th scope="col" class="n">Refused</th><th scope="col" class="n">Unknown</th><th scope="col" class="n">Blocked</th>\
            </tr></thead><tbody>\(rows)</tbody></table></div></section>
            """
    }
}
