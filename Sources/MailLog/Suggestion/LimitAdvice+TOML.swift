// SPDX-License-Identifier: Apache-2.0
internal import Settings

extension LimitAdvice {
    /// The `[[limit]]` tables to be pasted into the configuration.
    ///
    /// Once one is stated no default holds any more, so each class that has a limit by default is among them.
    public var toml: String {
        let classes = classes.filter { $0.over != nil }.map { advice in
            table(
                "# \(advice.senders) senders; 99 of 100 never had more than \(advice.peaks)",
                senders: advice.senderClass,
                rates: advice.windows.compactMap { window in window.proposed.map { "\($0)/\(window.window)" } },
                over: advice.over ?? "observe")
        }
        let exceptions = exceptions.map { advice in
            table(
                "# \(advice.messages) messages to \(advice.recipients) recipients, no sign of abuse",
                senders: advice.sender, rates: advice.rates, over: advice.over)
        }
        return (classes + exceptions).joined(separator: "\n\n")
    }

    private func table(_ comment: String, senders: String, rates: [String], over: String) -> String {
        """
        \(comment)
        [[limit]]
        senders = \(quoted(senders))
        rates = [\(rates.map(quoted).joined(separator: ", "))]
        over = \(quoted(over))
        """
    }
}

extension ClassAdvice {
    fileprivate var peaks: String {
        windows.map { "\($0.percentile99) in \($0.window)" }.joined(separator: ", ")
    }
}
