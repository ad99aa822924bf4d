// SPDX-License-Identifier: Apache-2.0
internal import Exposition
internal import PosternCore
internal import StatusModel

/// What `GET /metrics` answers: every family has a bounded set of labels, never an address or a queue ID.
enum MetricsReport {
    static let contentType = MetricsText.contentType

    /// All metrics, as they are now.
    static func text(of board: StatusBoard) -> String {
        var metrics = MetricsText()
        messages(board, &metrics)
        deliveries(board, &metrics)
        listings(board, &metrics)
        daemon(board, &metrics)
        return metrics.text
    }

    private static func messages(_ board: StatusBoard, _ metrics: inout MetricsText) {
        let counters = board.mail.counters
        let limits = board.mail.limitCounters
        metrics.family("postern_messages_total", .counter, "Messages by what was done with them, and why.")
        metrics.sample("postern_messages_total", [("verdict", "signed"), ("reason", "")], counters.signed.value)
        for reason in UnsignedReason.allCases {
            metrics.sample(
                "postern_messages_total", [("verdict", "unsigned"), ("reason", reason.rawValue)],
                counters.unsignedByReason[reason] ?? 0)
        }
        metrics.sample("postern_messages_total", [("verdict", "held"), ("reason", "limit")], limits.held.value)
        metrics.sample(
            "postern_messages_total", [("verdict", "refused"), ("reason", "limit")], limits.refusedMessages.value)
        metrics.family("postern_signatures_total", .counter, "Signatures by key and outcome.")
        for (key, count) in counters.signaturesByKey.sorted(by: { $0.key < $1.key }) {
            metrics.sample("postern_signatures_total", [("key", key), ("outcome", "made")], count)
        }
        metrics.sample(
            "postern_signatures_total", [("key", ""), ("outcome", "failed")],
            counters.unsignedByReason[.signerFailed] ?? 0)
        metrics.family("postern_sign_seconds", .histogram, "Time to make a message's signatures at its end.")
        metrics.histogram("postern_sign_seconds", [], board.mail.latencies.sign.reading)
        metrics.family("postern_verdict_seconds", .histogram, "Time from a message's end to our verdict.")
        metrics.histogram("postern_verdict_seconds", [], board.mail.latencies.verdict.reading)
        metrics.family("postern_limits_hit_total", .counter, "Messages or recipients over a limit, by what was done.")
        for (action, counter) in [
            ("observe", limits.observed), ("hold", limits.held), ("refuse-recipient", limits.refusedRecipients),
            ("refuse-message", limits.refusedMessages),
        ] {
            metrics.sample("postern_limits_hit_total", [("action", action)], counter.value)
        }
        if let held = board.held.value {
            metrics.single("postern_held_messages", .gauge, "Messages in the hold queue that we put there.", held.count)
        }
    }

    private static func deliveries(_ board: StatusBoard, _ metrics: inout MetricsText) {
        guard let report = board.mailLog?.report else { return }
        metrics.family("postern_deliveries_total", .counter, "Answers of providers, by class; accepted is one.")
        for (provider, classes) in report.answers.sorted(by: { $0.key < $1.key }) {
            for (replyClass, count) in classes.sorted(by: { $0.key < $1.key }) {
                metrics.sample(
                    "postern_deliveries_total", [("provider", provider), ("class", replyClass)], count)
            }
        }
        metrics.single("postern_log_lines_total", .counter, "Lines of the mail log that were read.", report.lines)
        metrics.single(
            "postern_log_malformed_lines_total", .counter, "Lines that were Postfix's by tag, not by form.",
            report.malformedLines)
        metrics.single(
            "postern_log_blind", .gauge, "1 while the mail log tells nothing.", report.blindSince == nil ? 0 : 1)
        if let lag = board.mailLog?.lag {
            metrics.family("postern_log_lag_seconds", .gauge, "Age of the newest line when it was read.")
            metrics.sample("postern_log_lag_seconds", [], Double(lag.wholeMilliseconds) / 1000)
        }
    }

    private static func listings(_ board: StatusBoard, _ metrics: inout MetricsText) {
        guard let news = board.listings.value else { return }
        let report = board.listingsReport
        metrics.family("postern_listing_state", .gauge, "1 for the state in which a provider's listing is.")
        for listing in report.listings {
            for state in ListingState.Name.allCases {
                metrics.sample(
                    "postern_listing_state",
                    [("provider", listing.provider), ("family", listing.family), ("state", state.rawValue)],
                    listing.state == state.rawValue ? 1 : 0)
            }
        }
        metrics.family("postern_waiting_messages", .gauge, "Messages that wait for a provider.")
        for (provider, waiting) in news.waiting.sorted(by: { $0.key < $1.key }) {
            metrics.sample("postern_waiting_messages", [("provider", provider)], waiting.messages)
        }
        metrics.family("postern_waiting_oldest_seconds", .gauge, "Age of the oldest message that waits for a provider.")
        for (provider, waiting) in news.waiting.sorted(by: { $0.key < $1.key }) {
            guard let oldest = waiting.oldest else { continue }
            metrics.sample(
                "postern_waiting_oldest_seconds", [("provider", provider)],
                Double(board.now.since(oldest.moment).wholeMilliseconds) / 1000)
        }
        metrics.family("postern_probes_total", .counter, "Probes by what they came to.")
        for (outcome, count) in news.probes.sorted(by: { $0.key < $1.key }) {
            metrics.sample("postern_probes_total", [("outcome", outcome)], count)
        }
        metrics.single(
            "postern_effects_waiting", .gauge, "What listings have decided and nobody has done yet.", news.tasksWaiting)
    }

    private static func daemon(_ board: StatusBoard, _ metrics: inout MetricsText) {
        metrics.single(
            "postern_store_errors_total", .counter, "Times that the ledger could not be written.",
            board.storeErrors.value)
        metrics.single("postern_uptime_seconds", .gauge, "Seconds since the daemon started.", board.status.uptime)
        metrics.family("postern_build_info", .gauge, "The version that runs.")
        metrics.sample("postern_build_info", [("version", Version.number)], 1)
    }
}
