// SPDX-License-Identifier: Apache-2.0
internal import CMilter
internal import Glibc
internal import Synchronization

extension MilterServer {
    /// Opens the socket, so that the MTA can connect; it is served once ``run()`` is called.
    ///
    /// Call it before other threads create files: it narrows the umask of the process for a moment.
    /// Calling it again does nothing.
    /// - Throws: ``MilterError/socketInUse(_:)``, ``MilterError/pathIsNotASocket(_:)``,
    ///   ``MilterError/cannotOpen(_:errno:)``; it can then be tried again.
    public func open() throws(MilterError) {
        guard !isOpen.load(ordering: .acquiring) else { return }
        try configuration.socket.openSafely { smfi_opensocket(false) == MI_SUCCESS }
        isOpen.store(true, ordering: .releasing)
    }

    /// Serves the MTA until ``stop(drainFor:)``.
    ///
    /// Blocks its thread, which must not be one of Swift's own pool.
    /// - Throws: What ``open()`` throws; ``MilterError/oneServerPerProcess`` if it has run before;
    ///   ``MilterError/endedByItself``.
    public func run() throws(MilterError) {
        try open()
        let entry = phase.compareExchange(expected: .made, desired: .running, ordering: .acquiringAndReleasing)
        guard entry.exchanged else {
            if entry.original == .stopping { return }
            throw .oneServerPerProcess
        }
        let file = configuration.socket.file
        _ = smfi_main()
        // libmilter does not remove the file of root, and removes that of a successor of ours.
        configuration.socket.remove(file)
        let before = phase.exchange(.ended, ordering: .acquiringAndReleasing)
        guard before == .stopping else { throw .endedByItself }
    }

    /// Serves the MTA until ``stop(drainFor:)``, on a thread of its own.
    /// - Throws: As ``run()``.
    public func serve() async throws(MilterError) {
        let outcome: Result<Void, MilterError> = await withCheckedContinuation { continuation in
            let started = DetachedThread.run {
                continuation.resume(returning: Result { () throws(MilterError) in try self.run() })
            }
            if !started { continuation.resume(returning: .failure(.refusedByLibmilter("to begin without a thread"))) }
        }
        try outcome.get()
    }

    /// Waits until no message is open, then ends ``run()``.
    ///
    /// Sessions that are idle then are cut when the process exits, which Postfix takes as a milter that has died
    /// between messages: the next message of that SMTP client gets the `default_action`. Blocks its thread.
    ///
    /// An idle server stops in less than 0.1 s, and any within the given time and a second.
    /// - Parameter patience: How long open messages may go on, at most 8 s.
    /// - Returns: Whether there was a moment without open messages; otherwise those that still were are lost to us.
    @discardableResult
    public func stop(drainFor patience: Duration) -> Bool {
        let deadline = ContinuousClock.now + min(max(patience, .zero), .seconds(8))
        var drained = isDrained()
        while !drained, ContinuousClock.now < deadline, phase.load(ordering: .acquiring) == .running {
            usleep(2_000)
            drained = isDrained()
        }
        guard phase.exchange(.stopping, ordering: .acquiringAndReleasing) == .running else { return drained }
        // The last answer is written just after its message is counted as ended.
        usleep(20_000)
        // smfi_stop waits for a lock that the listener holds while it polls, for up to 5 s. So ask on another thread
        // and wake the listener with connections of our own until it has noticed.
        guard DetachedThread.run({ smfi_stop() }) else { return drained }
        let limit = ContinuousClock.now + .seconds(6)
        while phase.load(ordering: .acquiring) != .ended, ContinuousClock.now < limit {
            usleep(5_000)
            _ = configuration.socket.probe()
        }
        return drained
    }

    /// As ``stop(drainFor:)``, without blocking the caller's thread.
    @discardableResult
    public func stopped(drainFor patience: Duration) async -> Bool {
        await withCheckedContinuation { continuation in
            let started = DetachedThread.run { continuation.resume(returning: self.stop(drainFor: patience)) }
            if !started { continuation.resume(returning: false) }
        }
    }
}
