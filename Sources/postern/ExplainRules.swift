// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import MailLog
internal import Replies
internal import Settings

/// The option that names the reply rules.
struct ExplainRules: ParsableArguments {
    @Option(
        name: .customLong("rules"), help: "The directory of the reply rules, in place of the shipped and the site's.")
    var directory: String?

    /// The rules; what is wrong with them is printed, and the process ends with 78.
    func load() throws -> ReplyRules {
        do throws(Problems) {
            if let directory { return try ReplyRules.load(shipped: directory, site: nil) }
            return try ReplyRules.load(shipped: RuleDirectories.standard())
        } catch {
            for problem in error.all { Terminal.complain("postern: \(problem)") }
            throw ExitStatus.configuration
        }
    }
}
