// SPDX-License-Identifier: Apache-2.0

extension AlertFact.Name {
    /// The name as a letter has it, at most 12 characters.
    var label: String {
        switch self {
        case .code: "Code"
        case .formerCode: "Code before"
        case .address: "Address"
        case .queueID: "Message"
        case .nextProbe: "Next probe"
        case .waiting: "Waiting"
        case .oldest: "Oldest"
        case .expires: "First ends"
        case .refusals: "Refusals"
        case .replies: "Of replies"
        case .lastPassed: "Passed until"
        case .limit: "Limit"
        case .rule: "Rule"
        case .reason: "Reason"
        case .findings: "Findings"
        case .dropped: "Lost"
        }
    }
}
