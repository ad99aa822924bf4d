// SPDX-License-Identifier: Apache-2.0
internal import Logging
internal import PosternCore
internal import Synchronization

/// What all sessions of the milter share.
final class MailService: Sendable {
    let counters = SigningCounters()
    let log: Logger
    /// The wall clock, as an argument of all that is decided.
    let now: @Sendable () -> Moment
    private let current: Mutex<Policy>
    private let passed = Mutex(PassedBefore())

    init(_ configuration: Configuration, log: Logger, now: @escaping @Sendable () -> Moment) {
        self.log = log
        self.now = now
        current = Mutex(Policy(configuration, counters: counters))
    }

    /// The policy in force; a message asks once, when it begins.
    var policy: Policy { current.withLock { $0 } }

    /// Puts another configuration in force, for messages that begin from now on.
    func adopt(_ configuration: Configuration) {
        let next = Policy(configuration, counters: counters)
        current.withLock { $0 = next }
    }

    /// A message from outside passed; it may come back from a content filter.
    func cameFromOutside(_ mark: PassedBefore.Mark) {
        passed.withLock { $0.cameFromOutside(mark, at: now()) }
    }

    /// Whether a message from a trusted client came in from outside before.
    func hasPassedBefore(_ mark: PassedBefore.Mark) -> Bool {
        passed.withLock { $0.knows(mark, at: now()) }
    }
}
