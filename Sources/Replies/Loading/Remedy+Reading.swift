// SPDX-License-Identifier: Apache-2.0

extension Remedy {
    /// Reads the remedy that a table holds.
    /// - Returns: `nil` if anything that it needs is missing or wrong; the reader then knows the problems.
    init?(reading reader: inout TOMLReader) {
        let name = reader.requiredString("name")
        let cause = reader.requiredString("cause")
        let waiting: Waiting? = reader.word("waiting")
        if waiting == nil, !reader.has("waiting") { reader.complain(nil, "\"waiting\" is missing") }
        let steps = reader.strings("steps")
        let form = reader.string("form")
        let asks = reader.strings("asks")
        let usualTime = reader.string("usual-time")
        let source = reader.requiredString("source")
        reader.refuseUnknownKeys()
        guard reader.problems.isEmpty, let name, let cause, let waiting, let source else { return nil }
        self.init(
            name: name, cause: cause, waiting: waiting, steps: steps, form: form, asks: asks, usualTime: usualTime,
            source: source)
    }
}
