// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import PosternCore

extension ChildProgram {
    /// What is thought of a piece of output.
    enum Opinion {
        /// More is welcome.
        case wanted
        /// Nothing more is wanted.
        case enough
        /// It is more than can be taken.
        case tooMuch
    }

    /// What the talk came to.
    enum Ending {
        /// The program ended by itself.
        case ended(CommandExit)
        /// Killed, as nothing more was wanted.
        case enough
        /// Killed, as it said too much.
        case tooMuch
        /// Killed, as its time was up.
        case late
        /// Somebody else took its exit status, or nobody keeps one: SIGCHLD is ignored.
        case lost
    }

    /// Feeds the program its input, hears it out and waits for its end; it is gone when this returns.
    consuming func talk(
        input bytes: [UInt8], within limit: Duration, output: (Span<UInt8>) -> Opinion,
        errors hear: (Span<UInt8>) -> Void
    ) -> Ending {
        let deadline = ContinuousClock.now + limit
        var descriptors = [
            pollfd(fd: input, events: Int16(POLLOUT), revents: 0),
            pollfd(fd: self.output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors, events: Int16(POLLIN), revents: 0),
        ]
        defer { for descriptor in [input, self.output, errors] { close(descriptor) } }
        var rest = bytes[...]
        if rest.isEmpty { Self.finishInput(&descriptors[0]) }
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        var pause: Int32 = 1
        while true {
            let isTold = descriptors[1].fd < 0 && descriptors[2].fd < 0
            // With both ends closed it has as good as ended. With one open, somebody that it left behind may hold that.
            if let ending = reap() { return drained(&descriptors, &chunk, ending, output, hear) }
            let left = (deadline - .now).wholeMilliseconds
            guard left > 0 else { return kill(.late) }
            pause = isTold ? min(pause * 2, 50) : 100
            guard poll(&descriptors, 3, Int32(clamping: min(Int64(pause), left))) > 0 else { continue }
            if descriptors[0].revents != 0 { Self.feed(&rest, &descriptors[0]) }
            if let opinion = Self.read(&descriptors[1], &chunk, output), let ending = Self.ending(for: opinion) {
                return kill(ending)
            }
            _ = Self.read(&descriptors[2], &chunk) { bytes in
                hear(bytes)
                return .wanted
            }
        }
    }

    /// What is still on its way when the program has ended.
    private borrowing func drained(
        _ descriptors: inout [pollfd], _ chunk: inout [UInt8], _ ending: Ending, _ output: (Span<UInt8>) -> Opinion,
        _ hear: (Span<UInt8>) -> Void
    ) -> Ending {
        for index in [1, 2] {
            descriptors[index].revents = Int16(POLLIN)
            while descriptors[index].fd >= 0,
                let opinion = Self.read(
                    &descriptors[index], &chunk,
                    { bytes in
                        guard index == 2 else { return output(bytes) }
                        hear(bytes)
                        return .wanted
                    })
            {
                if let other = Self.ending(for: opinion) { return other }
            }
        }
        return ending
    }

    private static func ending(for opinion: Opinion) -> Ending? {
        switch opinion {
        case .wanted: nil
        case .enough: .enough
        case .tooMuch: .tooMuch
        }
    }

    private static func feed(_ rest: inout ArraySlice<UInt8>, _ descriptor: inout pollfd) {
        let count = rest.withUnsafeBytes { send(descriptor.fd, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if count > 0 { rest = rest.dropFirst(count) }
        let isClosed = count < 0 && errno != EAGAIN && errno != EINTR
        if rest.isEmpty || isClosed { finishInput(&descriptor) }
    }

    /// The program reads to the end now; poll(2) ignores negative descriptors.
    private static func finishInput(_ descriptor: inout pollfd) {
        shutdown(descriptor.fd, Int32(SHUT_WR))
        descriptor.fd = -1
    }

    /// Hands on what is there to read.
    /// - Returns: What is thought of it; `nil` if nothing is there, or the end was reached.
    private static func read(
        _ descriptor: inout pollfd, _ chunk: inout [UInt8], _ body: (Span<UInt8>) -> Opinion
    ) -> Opinion? {
        guard descriptor.fd >= 0, descriptor.revents != 0 else { return nil }
        let count = Glibc.read(descriptor.fd, &chunk, chunk.count)
        if count > 0 { return body(chunk.span.extracting(..<count)) }
        if count == 0 || (errno != EAGAIN && errno != EINTR) { descriptor.fd = -1 }
        return nil
    }

    /// How the program ended; `nil` while it runs.
    private borrowing func reap() -> Ending? {
        var word: Int32 = 0
        let answer = waitpid(pid, &word, WNOHANG)
        if answer == pid { return .ended(CommandExit(statusWord: word)) }
        return answer < 0 && errno != EINTR ? .lost : nil
    }

    /// Kills the program and what it started, and waits until it is gone, which a SIGKILL sees to.
    private borrowing func kill(_ ending: Ending) -> Ending {
        _ = Glibc.kill(-pid, SIGKILL)
        var word: Int32 = 0
        while waitpid(pid, &word, 0) < 0, errno == EINTR {}
        return ending
    }
}
