// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Settings

/// One `[[limit]]`: for whom, how much, and what follows.
enum LimitSettings {
    /// Reads one `[[limit]]`.
    static func read(_ section: Section) -> LimitRule {
        let subject = section.required(
            "senders", .limitSubject, example: .senders(.login),
            help: "For whom: a class (login, web, system, local:unknown, trusted, list, forwarder), one sender or a "
                + "pattern (alice@example.com, *@example.com, uid:33, client:192.0.2.0/24, forwarder:*@example.com), "
                + "scripts:web for each script behind a web user, domain or domain:example.com for all logins of a "
                + "domain together, server for everything together. Of several that fit one sender the most particular counts."
        )
        let rule = LimitRule(
            name: section.optional(
                "name", .text, example: "sales",
                help: "A name of its own, by which its counters outlive a reload; left out, it is what senders says.")
                ?? subject.text,
            subject: subject,
            rates: section.required(
                "rates", .list(of: .rate), example: [Rate(limit: 150, window: .minutes(10))],
                help:
                    "How much, each as NUMBER/TIME; all of them hold at once: never more in any interval of that length."
            ),
            over: section.value(
                "over", .choice, default: .hold,
                help:
                    "What happens to mail over the limit: hold (into Postfix's hold queue), defer (450), reject (550) or "
                    + "observe (it passes, and is reported)."),
            whole: section.value(
                "whole", .flag, default: false,
                help:
                    "Whether a message is refused whole rather than the recipients that are over the limit; for defer and reject."
            ),
            unit: section.value(
                "count", .choice, default: .recipients, help: "What is counted."),
            heldAtMost: section.value(
                "held-at-most", .integer(in: 1...10_000, unit: "messages"), default: 200,
                help:
                    "For hold: how many messages of one sender may lie on hold; more are refused for now (450), but for mail of sendmail, which is held all the same."
            ))
        if rule.rates.isEmpty { section.complain("is empty", advice: "write at least one rate", at: "rates") }
        return rule
    }
}

extension LimitRule.Subject {
    /// The subject as the configuration writes it.
    var text: String {
        switch self {
        case .senders(let senderClass): senderClass.rawValue
        case .named(let pattern): pattern.text
        case .subSenders(let senderClass): "scripts:\(senderClass.rawValue)"
        case .domain(nil): "domain"
        case .domain(let name?): "domain:\(name)"
        case .server: "server"
        }
    }

    static func parse(_ text: String) -> Reading<LimitRule.Subject> {
        if let senderClass = SenderClass(rawValue: text) { return .value(.senders(senderClass)) }
        if text == "server" { return .value(.server) }
        if text == "domain" { return .value(.domain(nil)) }
        if text.hasPrefix("domain:") { return .value(.domain(text.dropFirst(7).lowercased())) }
        if text.hasPrefix("scripts:") {
            guard let senderClass = SenderClass(rawValue: String(text.dropFirst(8))) else {
                return .refused("\(quoted(text)) names no class of senders; write scripts:web")
            }
            return .value(.subSenders(senderClass))
        }
        do throws(SenderPatternError) {
            return .value(.named(try SenderPattern(parsing: text)))
        } catch {
            return .refused("\(error)")
        }
    }
}

extension Kind where Value == LimitRule.Subject {
    static var limitSubject: Kind {
        .parsed(
            "a class of senders, a sender, a pattern, domain or server", parse: LimitRule.Subject.parse, print: \.text)
    }
}

extension Kind where Value == Rate {
    static var rate: Kind {
        .parsed("a rate such as \"150/10m\" or \"1000/1d\"") { text in
            do throws(RateError) {
                return .value(try Rate(parsing: text))
            } catch {
                return .refused("\(error)")
            }
        } print: {
            $0.description
        }
    }
}
