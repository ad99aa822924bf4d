// SPDX-License-Identifier: Apache-2.0
internal import Settings

extension Remedy {
    /// Reads the remedy that a section holds.
    init(_ section: Section) {
        name = section.required("name", .text, example: "spamhaus-address", help: "The name by which rules call it.")
        cause = section.required("cause", .text, example: "A list holds our address.", help: "Why such refusals come.")
        waiting = section.required("waiting", .choice, example: .sometimes, help: "Whether waiting alone ends it.")
        steps = section.value("steps", .list(of: .text), default: [], help: "What to do, in order.")
        form = section.optional("form", .text, example: "https://example.com/", help: "The form or address to turn to.")
        asks = section.value("asks", .list(of: .text), default: [], help: "What that form will ask for.")
        next = section.tables("next", inline: true, help: "Where to turn besides, if the form does not help.") {
            place in
            Place(
                form: place.required("form", .text, example: "https://example.com/", help: "The form or address."),
                when: place.required("when", .text, example: "The form finds nothing.", help: "When to turn there."))
        }
        ifNotListed = section.optional(
            "if-not-listed", .text, example: "Ask all the same.",
            help: "What to do if the form says that nothing is blocked.")
        denial = section.optional(
            "denial", .text, example: "not qualified for mitigation",
            help: "The words of an automatic refusal that a reply takes to a person.")
        usualTime = section.optional(
            "usual-time", .text, example: "24 hours", help: "How long it takes, where somebody has stated it.")
        source = section.required("source", .text, example: "https://example.com/", help: "Where this is published.")
    }
}
