// SPDX-License-Identifier: Apache-2.0
public import PosternCore
public import PostfixWire

/// Postfix's queue as postqueue(1) shows it to any user whom `authorized_mailq_users` and `authorized_flush_users` allow.
public struct PostQueue: Sendable {
    private let programs: PostfixPrograms
    private let lister: CommandRunner
    private let flusher: CommandRunner

    /// The queue of an instance.
    /// - Parameters:
    ///   - programs: Where postqueue(1) is.
    ///   - limit: How long a listing may take; 200,000 messages take about ten seconds.
    public init(programs: PostfixPrograms = PostfixPrograms(), limit: Duration = .seconds(60)) {
        self.programs = programs
        lister = CommandRunner(limit: limit, maximumOutput: 2 << 30)
        flusher = CommandRunner(limit: .seconds(10))
    }

    /// Lists the queue, the first `most` messages of it; blocks the thread.
    /// - Throws: ``CommandError``, also where Postfix does not run or does not show its queue to this user.
    public func list(most: Int = 200_000) throws(CommandError) -> QueueListing {
        var listing = QueueListing(most: most)
        let result = try lister.run(programs.command("postqueue", ["-j"])) { listing.take($0) }
        try result.orThrow()
        if !listing.isCut { listing.finish() }
        return listing
    }

    /// Has Postfix try one deferred message now (`postqueue -i`); blocks the thread.
    ///
    /// An ID that Postfix does not know is no error: the message may just have gone.
    public func deliverNow(_ id: QueueID) throws(CommandError) {
        try flusher.run(programs.command("postqueue", ["-i", id.description])).orThrow()
    }

    /// ``list(most:)`` without blocking a thread of Swift's.
    public func listing(most: Int = 200_000) async throws(CommandError) -> QueueListing {
        try await CommandRunner.offThread { () throws(CommandError) in try list(most: most) }
    }

    /// ``deliverNow(_:)`` without blocking a thread of Swift's.
    public func deliver(_ id: QueueID) async throws(CommandError) {
        try await CommandRunner.offThread { () throws(CommandError) in try deliverNow(id) }
    }
}
