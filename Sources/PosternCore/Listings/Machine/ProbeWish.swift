// SPDX-License-Identifier: Apache-2.0

/// What kind of probe a listing would like.
public struct ProbeWish: Hashable, Sendable {
    /// Recipient domains that should not be asked again, where there is another.
    public var avoidedDomains: [String]
    /// Messages that were tried in this round and told nothing.
    public var triedMessages: [QueueID]

    /// A wish of its parts.
    public init(avoidedDomains: [String] = [], triedMessages: [QueueID] = []) {
        self.avoidedDomains = avoidedDomains
        self.triedMessages = triedMessages
    }
}
