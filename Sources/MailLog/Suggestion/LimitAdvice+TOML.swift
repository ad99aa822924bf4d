// SPDX-License-Identifier: Apache-2.0

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
        senders = \(Self.quoted(senders))
        rates = [\(rates.map(Self.quoted).joined(separator: ", "))]
        over = \(Self.quoted(over))
        """
    }

    /// A basic string of TOML; a login may hold whatever its owner could type.
    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                "\\u" + String(repeating: "0", count: scalar.value < 0x10 ? 3 : 2) + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }
}

extension ClassAdvice {
    fileprivate var peaks: String {
        windows.map { "\($0.percentile99) in \($0.window)" }.joined(separator: ", ")
    }
}
