// SPDX-License-Identifier: Apache-2.0
internal import PosternCore
internal import StatusModel

/// What the listings publish for those who ask: set whole at each change.
struct ListingsNews: Sendable {
    /// What they remember.
    var snapshot = ListingsSnapshot()
    /// What waits for each provider in Postfix's queue, by the provider's name.
    var waiting: [String: WaitingReport] = [:]
    /// Probes so far, by what they came to.
    var probes: [String: Int] = [:]
    /// Tasks that wait to be done in the world.
    var tasksWaiting = 0
}
