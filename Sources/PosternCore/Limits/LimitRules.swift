// SPDX-License-Identifier: Apache-2.0

/// The rules of a site, in the form in which a message asks them.
///
/// Four levels hold at once: a script or envelope sender behind a user, the sender, its domain, the whole server. On each
/// level the most particular rule that fits is asked, of equals the first: one named sender, a pattern, the class.
public struct LimitRules: Sendable {
    /// The rules as they were stated.
    public let all: [LimitRule]
    /// The secret by which names become keys.
    public let hashKey: HashKey

    /// The rules of a site.
    public init(_ rules: [LimitRule], hashKey: HashKey) {
        all = rules
        self.hashKey = hashKey
    }

    /// The rules that a message of this sender meets, and the key under which each counts it; the strictest first.
    public func applying(to sender: Sender, _ senderClass: SenderClass, subSender: SubSender? = nil) -> [AppliedLimit] {
        var applied: [AppliedLimit] = []
        if let subSender, let limit = self.limit(of: subSender, senderClass) { applied.append(limit) }
        if let rule = first(where: { $0.names(sender, exactly: true) })
            ?? first(where: { $0.names(sender, exactly: false) })
            ?? first(where: { $0 == .senders(senderClass) })
        {
            applied.append(AppliedLimit(rule: rule, key: SenderKey(sender, key: hashKey)))
        }
        if let domain = sender.domain,
            let rule = first(where: { $0 == .domain(domain) }) ?? first(where: { $0 == .domain(nil) })
        {
            applied.append(AppliedLimit(rule: rule, key: SenderKey(domain: domain, key: hashKey)))
        }
        if let rule = first(where: { $0 == .server }) {
            applied.append(AppliedLimit(rule: rule, key: .server))
        }
        // Asked in this order, the strictest of several full limits decides.
        return applied.sorted { all[$0.rule].over > all[$1.rule].over }
    }

    /// The rule that one of many behind a sender of this class meets beside the sender's own.
    public func limit(of subSender: SubSender, _ senderClass: SenderClass) -> AppliedLimit? {
        first { $0 == .subSenders(senderClass) }.map {
            AppliedLimit(rule: $0, key: SenderKey(subSender, key: hashKey))
        }
    }

    /// Whether there is a rule for those behind a sender of this class.
    public func dividesSenders(of senderClass: SenderClass) -> Bool {
        first { $0 == .subSenders(senderClass) } != nil
    }

    private func first(where fits: (LimitRule.Subject) -> Bool) -> Int? {
        all.firstIndex { fits($0.subject) }
    }
}

extension LimitRule.Subject {
    /// Whether the subject is a pattern, exact or not as asked, that names the sender.
    fileprivate func names(_ sender: Sender, exactly: Bool) -> Bool {
        guard case .named(let pattern) = self else { return false }
        return pattern.isExact == exactly && pattern.matches(sender)
    }
}
