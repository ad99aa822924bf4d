// SPDX-License-Identifier: Apache-2.0
internal import CMilter
internal import Glibc

/// A configuration in libmilter's words, made once, so that a negotiation allocates nothing of ours.
struct Agreement: @unchecked Sendable {
    // The C strings are never written, and never freed: a process has one server.
    let actions: MilterActions
    let steps: UInt
    let macros: [(stage: CInt, names: UnsafeMutablePointer<CChar>?)]

    init(_ configuration: MilterConfiguration) {
        let named = configuration.macros.filter { !$0.value.isEmpty }
        actions = named.isEmpty ? configuration.actions : configuration.actions.union(.nameMacros)
        let silent = configuration.steps.subtracting(configuration.answered)
        steps =
            configuration.steps.switchingOffOthers | silent.silencing | UInt(SMFIP_SKIP)
            | (configuration.keepsLeadingSpace ? UInt(SMFIP_HDR_LEADSPC) : 0)
        macros = named.map { stage, macros in
            (stage.rawValue, strdup(macros.map(\.description).joined(separator: " ")))
        }
    }
}
