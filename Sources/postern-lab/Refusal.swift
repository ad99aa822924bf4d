// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// A provider and the reply with which it refuses, as `provider=reply`.
struct Refusal: ExpressibleByArgument {
    let provider: String
    let reply: String

    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return nil }
        (provider, reply) = (parts[0], parts[1])
    }
}
