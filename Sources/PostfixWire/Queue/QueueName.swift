// SPDX-License-Identifier: Apache-2.0

/// In which of Postfix's queues a message lies (qmgr(8), postqueue(1)).
public enum QueueName: String, Hashable, Sendable, CaseIterable {
    /// Handed in by sendmail(1), not yet picked up.
    case maildrop
    /// Taken in, not yet looked at by qmgr(8).
    case incoming
    /// Being delivered, or about to be.
    case active
    /// Waiting for its next attempt.
    case deferred
    /// Not tried until somebody releases it.
    case hold
    /// A queue that this version does not know.
    case other
}
