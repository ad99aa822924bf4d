// SPDX-License-Identifier: Apache-2.0
internal import PosternCore

extension Configuration {
    /// What the configuration says that may not be meant: worth a look, but no fault.
    public var notices: [String] {
        guard modes.limits != .off else { return [] }
        return limits.compactMap(notice)
    }

    /// A message that is judged as a whole and has more recipients than the limit can never pass.
    private func notice(about rule: LimitRule) -> String? {
        guard !LimitRule.defaults.contains(rule), rule.unit == .recipients, let most = rule.largestAtOnce,
            most < senders.recipientLimit
        else { return nil }
        let fate: String
        switch rule.over {
        case .observe: return nil
        case .hold: fate = "is held, however little its sender sent before"
        case .defer, .reject:
            guard rule.whole else { return nil }
            fate = "can never pass"
        }
        return """
            limit \(quotedName(rule)): a message to more than \(most) recipients \(fate); Postfix takes up to \
            \(senders.recipientLimit) (senders.recipient-limit)
            """
    }

    private func quotedName(_ rule: LimitRule) -> String { "\"\(rule.name)\"" }
}
