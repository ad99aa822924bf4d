// SPDX-License-Identifier: Apache-2.0
internal import PostfixTools

/// What has to be changed of a Postfix so that Postern is attached to it.
public struct SetupPlan: Hashable, Sendable {
    /// What a finding means for a part of Postern.
    public struct Note: Hashable, Sendable {
        /// The part.
        public var part: SetupPart
        /// What was found and what follows, in a sentence or two.
        public var text: String
    }

    /// What is not changed, because what stands there is not understood well enough.
    public struct Refusal: Hashable, Sendable {
        /// The part that does not work until somebody has done it by hand.
        public var part: SetupPart
        /// What stands in the way.
        public var reason: String
        /// What to do by hand, a line each.
        public var manual: [String]
    }

    /// The changes, in the order in which they are made.
    public internal(set) var edits: [PostfixEdit] = []
    /// What the administrator should know.
    public internal(set) var notes: [Note] = []
    /// What is left to the administrator.
    public internal(set) var refusals: [Refusal] = []

    /// The plan of whoever wants nothing.
    public static let nothing = SetupPlan()

    private init() {}

    /// Plans for a site: only what is missing, so nothing for one that is attached already.
    public init(for site: PostfixSite, _ request: SetupRequest = SetupRequest()) {
        guard let version = site.version, version >= (3, 0) else {
            refuse(
                .postfix, "Postfix is \(site.values["mail_version"] ?? "of an unknown version")",
                ["Postfix 3.0 or later is needed: milters with settings of their own came with it"])
            return
        }
        planMilters(site, request)
        if request.wiresListings { planListings(site, request) }
        noteMail(site, request)
        noteWays(site, request)
    }

    mutating func note(_ part: SetupPart, _ text: String) { notes.append(Note(part: part, text: text)) }

    mutating func refuse(_ part: SetupPart, _ reason: String, _ manual: [String]) {
        refusals.append(Refusal(part: part, reason: reason, manual: manual))
    }

    /// Sets a parameter, unless it is so already.
    mutating func set(_ name: String, to value: String, adding item: String? = nil, in site: PostfixSite) {
        guard site.written[name] != value else { return }
        edits.append(.parameter(name: name, before: site.written[name], after: value, item: item))
    }
}
