// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization

/// The thread that talks to the library, started at the first question; so nothing of Swift's pool ever waits for it.
final class ResolverThread: Sendable {
    private struct State {
        var new: [Lookup] = []
        /// How many the thread has besides, as of its last turn.
        var atWork = 0
        /// There while the thread runs.
        var pipe: WakePipe?
        var isClosed = false
        var closers: [CheckedContinuation<Void, Never>] = []
    }

    private let servers: NameServers
    private let width: Int
    private let capacity: Int
    private let state = Mutex(State())

    init(servers: NameServers, width: Int, capacity: Int) {
        self.servers = servers
        self.width = width
        self.capacity = capacity
    }

    /// Takes a question; one that cannot be taken is answered with the reason.
    func ask(_ lookup: Lookup) {
        let failure = state.withLock { state -> LookupFailure? in
            if state.isClosed { return .closed }
            if state.new.count + state.atWork >= capacity { return .busy }
            do throws(LookupFailure) {
                if state.pipe == nil { state.pipe = try start() }
            } catch {
                return error
            }
            state.new.append(lookup)
            state.pipe?.wake()
            return nil
        }
        if let failure { lookup.finish(.failed(failure)) }
    }

    /// Has the thread answer everybody and end.
    func stop() {
        state.withLock { state in
            state.isClosed = true
            state.pipe?.wake()
        }
    }

    /// Waits until the thread has let go of the library, a moment after `stop()`.
    func ended() async {
        await withCheckedContinuation { closer in
            let isOver = state.withLock { state in
                if state.pipe != nil { state.closers.append(closer) }
                return state.pipe == nil
            }
            if isOver { closer.resume() }
        }
    }

    private func run(_ pipe: WakePipe) {
        var loop = ResolverLoop(servers: servers, width: width, pipe: pipe)
        while true {
            let (new, isClosed) = state.withLock { state in
                defer { state.new = [] }
                state.atWork = loop.count + state.new.count
                return (state.new, state.isClosed)
            }
            if isClosed {
                for lookup in new { lookup.finish(.failed(.closed)) }
                break
            }
            loop.turn(new)
        }
        loop.end()
        let closers = state.withLock { state in
            state.pipe = nil
            defer { state.closers = [] }
            return state.closers
        }
        pipe.close()
        for closer in closers { closer.resume() }
    }

    /// Starts the thread, with all signals blocked: they are for others, and so they are in the library's worker.
    private func start() throws(LookupFailure) -> WakePipe {
        let pipe = try WakePipe()
        let start = Unmanaged.passRetained(Start(thread: self, pipe: pipe))
        var (all, before) = (sigset_t(), sigset_t())
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let start = Unmanaged<Start>.fromOpaque(argument).takeRetainedValue()
                start.thread.run(start.pipe)
                return nil
            }, start.toOpaque())
        guard status == 0 else {
            start.release()
            pipe.close()
            throw .trouble("pthread_create(3): error \(status)")
        }
        pthread_detach(thread)
        return pipe
    }

    private final class Start: Sendable {
        let thread: ResolverThread
        let pipe: WakePipe

        init(thread: ResolverThread, pipe: WakePipe) {
            self.thread = thread
            self.pipe = pipe
        }
    }
}
