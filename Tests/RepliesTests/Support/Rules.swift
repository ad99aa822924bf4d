// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Settings

@testable import Replies

/// The rules as they are shipped, read once for all tests.
let shipped: ReplyRules = {
    do {
        return try ReplyRules.load(shipped: shippedRulesDirectory, site: nil)
    } catch {
        preconditionFailure("\(error)")
    }
}()

/// Where the package keeps the shipped rules.
let shippedRulesDirectory: String = {
    let tests = #filePath.split(separator: "/").dropLast(4)
    return "/" + tests.joined(separator: "/") + "/Sources/Replies/Rules"
}()

/// The reading of a reply of which only the text is known.
func read(_ text: String, from host: String? = nil) -> ReplyReading {
    shipped.reading(of: SMTPReply(code: nil, status: nil, text: text), from: host)
}

/// The rules that a text says, with one provider and one remedy besides.
func rules(_ text: String, site: String = "") throws(Problems) -> ReplyRules {
    let common = """
        [[providers]]
        name = "castle"
        hosts = ["mx.castle.example"]
        [[remedy]]
        name = "knock"
        cause = "The gate is shut."
        waiting = "sometimes"
        source = "the gatekeeper"

        """
    return try ReplyRules.assemble(
        site: [RuleFile(text: site, path: "site.toml")],
        shipped: [RuleFile(text: common, path: "common.toml"), RuleFile(text: text, path: "rules.toml")])
}

/// Why a text is refused as rules, a line each; empty if it is not.
func refusal(_ text: String, site: String = "") -> [String] {
    do {
        _ = try rules(text, site: site)
        return []
    } catch {
        return error.all.map(\.description)
    }
}
