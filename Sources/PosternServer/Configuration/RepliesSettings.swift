// SPDX-License-Identifier: Apache-2.0
public import Replies
public import Settings

/// Where the reply rules are, and the rules themselves.
public struct RepliesSettings: Sendable {
    /// The directory of the rules that come with Postern.
    public var shipped: String
    /// The directory of the site's own rules, which come first.
    public var site: String
    /// The rules, read and checked; `nil` where nothing is there to be understood.
    public var rules: ReplyRules?

    /// Reads `[replies]`, and the rules if they are needed; each of their problems is one of the configuration.
    public init(_ section: Section, areNeeded: Bool) {
        shipped = section.value(
            "shipped", .absolutePath, default: ReplyRules.shippedDirectory,
            help: "The directory of the reply rules that come with Postern.")
        site = section.value(
            "site", .absolutePath, default: "/etc/postern/replies.d",
            help: "The directory of rules of your own, which come first; it may be absent.")
        guard areNeeded, !section.isDescribing else { return }
        do throws(Problems) {
            rules = try ReplyRules.load(shipped: shipped, site: site)
        } catch {
            section.report(error)
        }
    }
}
