// SPDX-License-Identifier: Apache-2.0
internal import Setup

/// What setup says to the administrator.
struct SetupText {
    let plan: SetupPlan

    /// The difference, coloured on a terminal, and what was found.
    func show(difference: String) {
        for line in difference.split(separator: "\n", omittingEmptySubsequences: false) {
            let text = Terminal.harmless(String(line).replacing("\t", with: "    "))
            switch line.first {
            case "+": print(Terminal.styled(text, .green))
            case "-": print(Terminal.styled(text, .red))
            default: print(text)
            }
        }
        for note in plan.notes { print("\(note.part.rawValue): \(Terminal.harmless(note.text))") }
        if !plan.notes.isEmpty { print("") }
    }

    /// What is left to be done by hand.
    func showRefusals() {
        for refusal in plan.refusals {
            print("\n" + Terminal.styled("\(refusal.part.rawValue): left to you: ", .yellow), terminator: "")
            print(Terminal.harmless(refusal.reason))
            for line in refusal.manual { print("  " + Terminal.harmless(line)) }
        }
    }

    /// What to do next.
    func tell(isReloaded: Bool, records: [String]) {
        print(isReloaded ? "Postfix has read its files anew" : "Postfix does not run; it reads this when it starts")
        if !records.isEmpty {
            print("\nPublish in the DNS; until then receivers take the signatures for none:\n")
            for record in records { print(record + "\n") }
        }
        print("Next: postern check       (then: postern enforce limits; postern setup --undo takes all back)")
    }
}
