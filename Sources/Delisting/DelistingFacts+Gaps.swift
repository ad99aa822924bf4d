// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import Replies
internal import StatusModel

extension DelistingFacts {
    /// What to mend or fill in before the request is sent: each of these is a known reason for a "no".
    var gaps: [String] {
        var gaps: [String] = []
        if last == nil {
            gaps.append("No refusal because of our address is remembered: there may be nothing to ask for.")
        }
        if addresses.isEmpty { gaps.append("No refusal named our address: give it with --address.") }
        for address in addresses { gaps += self.gaps(of: address) }
        if greeting == nil {
            gaps.append("The name by which Postfix greets is not known: postconf could not be asked.")
        }
        if culprit == nil, last != nil {
            gaps.append("No sender stands out before the first refusal; look with: postern senders --by excess")
        }
        if deeds.isEmpty {
            gaps.append("What was done about the cause is not said: give it with --done, or fill in the blank.")
        }
        for rating in ratings where rating.colour != "green" || rating.traps > 0 {
            gaps.append(
                "SNDS calls \(rating.address) \(rating.colour) on \(Timestamp(rating.day).description.prefix(10)), with "
                    + "\(rating.traps) trap hits: Microsoft sees the same, so say what was done about it.")
        }
        if remedy?.waiting == .helps {
            gaps.append("Such refusals usually end by themselves when less is sent: ask only if they last.")
        }
        return gaps
    }

    private func gaps(of address: SendingAddress) -> [String] {
        switch address.reverse {
        case .unknown: return ["The PTR record of \(address.address) could not be looked up."]
        case .none: return ["\(address.address) has no PTR record: have one made first, or the answer is no."]
        case .unconfirmed(let name):
            return ["The PTR record of \(address.address) names \(name), which does not lead back: mend that first."]
        case .confirmed(let name):
            guard let greeting, greeting.lowercased() != name else { return [] }
            return ["\(address.address) is called \(name), and Postfix greets as \(greeting): better if both are one."]
        }
    }
}
