// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What the resolver's thread does with questions, turn by turn; all of it happens on that thread.
struct ResolverLoop {
    let servers: NameServers
    /// How many questions the library has at a time.
    let width: Int
    let pipe: WakePipe

    private var context: UnboundContext?
    private var stamp: FileStamp?
    private var waiting: [Lookup] = []
    /// What the library has: a late answer frees its place only when it comes, and then is in the cache.
    private var asked: [Lookup] = []

    init(servers: NameServers, width: Int, pipe: WakePipe) {
        self.servers = servers
        self.width = width
        self.pipe = pipe
    }

    /// How many questions there are, late ones included.
    var count: Int { waiting.count + asked.count }

    /// Takes new questions, asks what there is room for, and waits until something happens.
    mutating func turn(_ new: [Lookup]) {
        waiting += new
        if !new.isEmpty { renewIfServersChanged() }
        let now = ContinuousClock.now
        for lookup in waiting + asked where lookup.deadline <= now { lookup.finish(.failed(.late)) }
        waiting.removeAll { $0.isFinished }
        ask()
        sleep(until: (waiting + asked).lazy.filter { !$0.isFinished }.map(\.deadline).min())
        hear()
    }

    /// Answers everybody, and lets go of the library.
    mutating func end() {
        for lookup in waiting + asked { lookup.finish(.failed(.closed)) }
        context = nil
        (waiting, asked) = ([], [])
    }

    private mutating func ask() {
        while asked.count < width, let lookup = waiting.first {
            waiting.removeFirst()
            do throws(LookupFailure) {
                if context == nil { context = try UnboundContext(servers) }
                try context?.ask(lookup)
                asked.append(lookup)
            } catch {
                lookup.finish(.failed(error))
            }
        }
    }

    private mutating func hear() {
        pipe.drain()
        guard let context else { return }
        do throws(LookupFailure) {
            try context.process()
            asked.removeAll { $0.hasReturned }
        } catch {
            // Its worker may be gone: the next question gets a new one.
            self.context = nil
            for lookup in asked { lookup.finish(.failed(error)) }
            asked = []
        }
    }

    private func sleep(until deadline: ContinuousClock.Instant?) {
        var descriptors = [pollfd(fd: pipe.readEnd, events: Int16(POLLIN), revents: 0)]
        if let context { descriptors.append(pollfd(fd: context.descriptor, events: Int16(POLLIN), revents: 0)) }
        var timeout: Int32 = -1
        if let deadline {
            let (seconds, attoseconds) = (deadline - .now).components
            // Rounded up, or the last millisecond would be spent asking for the time.
            timeout = Int32(clamping: max(0, seconds) * 1000 + max(0, attoseconds) / 1_000_000_000_000_000 + 1)
        }
        _ = poll(&descriptors, nfds_t(descriptors.count), timeout)
    }

    /// What was asked of the old servers is asked of the new ones.
    private mutating func renewIfServersChanged() {
        guard case .file(let path) = servers else { return }
        let found = FileStamp(of: path)
        defer { stamp = found }
        guard found != stamp, context != nil else { return }
        context = nil
        waiting = asked.filter { !$0.isFinished } + waiting
        asked = []
    }
}
