// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A load under way: connections, each at some exchange, and one loop over all.
struct MilterLoadRun: ~Copyable {
    private let load: MilterLoad
    private let script: MilterLoadScript
    private var slots: [Slot] = []
    private var polls: [pollfd] = []
    private var started = 0
    private var times: [UInt32] = []
    private var modifications = 0
    private var refused = 0
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 1)

    /// A connection, and where it is in the script.
    private struct Slot {
        let descriptor: CInt
        var position = Position.negotiating
        var login = 0
        var began: UInt64
        var output: [UInt8] = []
        var written = 0
        var scanner = MilterReplyScanner()
        var sight = MilterReplyScanner.Sight()

        mutating func read(_ bytes: UnsafeRawBufferPointer) throws(MilterClientError) {
            try scanner.read(bytes, into: &sight)
        }
    }

    /// The exchange whose reply is waited for.
    private enum Position {
        case negotiating
        case opening(Int)
        case message(Int)
        case done
    }

    init(_ load: MilterLoad, _ script: MilterLoadScript) {
        self.load = load
        self.script = script
        times.reserveCapacity(load.messages)
    }

    /// Runs to the end, once.
    consuming func finish() throws(MilterClientError) -> MilterLoadResult {
        let processor = Self.processorSeconds()
        let began = Self.now()
        let count = min(max(load.connections, 1), max(load.messages, 1))
        defer {
            for wait in polls where wait.fd >= 0 { close(wait.fd) }
            scratch.deallocate()
        }
        for index in 0..<count { try connect(index) }
        while polls.contains(where: { $0.fd >= 0 }) {
            let ready = poll(&polls, nfds_t(polls.count), CInt(clamping: load.timeout * 1000))
            guard ready != 0 else { throw .timedOut }
            guard ready > 0 || errno == EINTR else { throw .failed(errno: errno) }
            for index in polls.indices where polls[index].revents != 0 && polls[index].fd >= 0 { try serve(index) }
        }
        return MilterLoadResult(
            times: times, connections: count, seconds: Double(Self.now() - began) / 1e9, modifications: modifications,
            refused: refused, processor: Self.processorSeconds() - processor)
    }

    // MARK: Connections

    private mutating func connect(_ index: Int) throws(MilterClientError) {
        let began = Self.now()
        let descriptor = try load.endpoint.connect()
        let slot = Slot(descriptor: descriptor, began: began)
        let wait = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        if index < slots.count {
            slots[index] = slot
            polls[index] = wait
        } else {
            slots.append(slot)
            polls.append(wait)
        }
        if load.reuse == .fresh { begin(index, at: began) }
        try write(index, script.offer)
    }

    private mutating func disconnect(_ index: Int) throws(MilterClientError) {
        try write(index, script.closing)
        close(slots[index].descriptor)
        slots[index].position = .done
        polls[index].fd = -1
    }

    /// Takes the next message.
    private mutating func begin(_ index: Int, at time: UInt64) {
        slots[index].login = started % script.messages.count
        slots[index].began = time
        started += 1
    }

    // MARK: Exchanges

    private mutating func serve(_ index: Int) throws(MilterClientError) {
        if polls[index].revents & Int16(POLLOUT) != 0 { try writeOn(index) }
        guard polls[index].revents & ~Int16(POLLOUT) != 0 else { return }
        let count = recv(slots[index].descriptor, scratch.baseAddress, scratch.count, CInt(MSG_DONTWAIT))
        guard count != 0 else { throw .closed }
        guard count > 0 else {
            if errno == EAGAIN || errno == EINTR { return }
            throw errno == ECONNRESET ? .closed : .failed(errno: errno)
        }
        try slots[index].read(UnsafeRawBufferPointer(rebasing: scratch[..<count]))
        let sight = slots[index].sight
        guard let decision = sight.decision, slots[index].scanner.isBetweenPackets else { return }
        slots[index].sight = .init()
        modifications += sight.modifications
        try goOn(index, after: decision)
    }

    private mutating func goOn(_ index: Int, after decision: UInt8) throws(MilterClientError) {
        switch slots[index].position {
        case .negotiating:
            try open(index, 0)
        case .opening(let number):
            try open(index, number + 1)
        case .message(let number):
            let exchanges = script.messages[slots[index].login]
            let goesOn = decision == UInt8(ascii: "c") || decision == UInt8(ascii: "s")
            if goesOn, number + 1 < exchanges.count {
                slots[index].position = .message(number + 1)
                try write(index, exchanges[number + 1])
            } else {
                if !goesOn, decision != UInt8(ascii: "a") { refused += 1 }
                try end(index)
            }
        case .done:
            break
        }
    }

    private mutating func open(_ index: Int, _ number: Int) throws(MilterClientError) {
        if number < script.opening.exchanges.count {
            slots[index].position = .opening(number)
            try write(index, script.opening.exchanges[number])
            return
        }
        if load.reuse == .kept {
            guard started < load.messages else { return try disconnect(index) }
            begin(index, at: Self.now())
        }
        slots[index].position = .message(0)
        try write(index, script.opening.rest + script.messages[slots[index].login][0])
    }

    private mutating func end(_ index: Int) throws(MilterClientError) {
        let now = Self.now()
        times.append(UInt32(clamping: (now - slots[index].began) / 1000))
        guard started < load.messages else { return try disconnect(index) }
        switch load.reuse {
        case .fresh:
            try disconnect(index)
            try connect(index)
        case .kept:
            begin(index, at: now)
            slots[index].position = .message(0)
            try write(index, script.messages[slots[index].login][0])
        }
    }

    // MARK: Writing

    private mutating func write(_ index: Int, _ bytes: [UInt8]) throws(MilterClientError) {
        slots[index].output = bytes
        slots[index].written = 0
        try writeOn(index)
    }

    private mutating func writeOn(_ index: Int) throws(MilterClientError) {
        let slot = slots[index]
        let count = slot.output[slot.written...].withUnsafeBytes {
            send(slot.descriptor, $0.baseAddress, $0.count, CInt(MSG_DONTWAIT | MSG_NOSIGNAL))
        }
        guard count >= 0 || errno == EAGAIN || errno == EINTR else {
            throw errno == EPIPE || errno == ECONNRESET ? .closed : .failed(errno: errno)
        }
        slots[index].written += max(count, 0)
        let isDone = slots[index].written == slot.output.count
        polls[index].events = Int16(isDone ? POLLIN : POLLIN | POLLOUT)
    }

    // MARK: Clocks

    private static func now() -> UInt64 {
        nanoseconds(CLOCK_MONOTONIC)
    }

    /// The processor time of this thread.
    private static func processorSeconds() -> Double {
        Double(nanoseconds(CLOCK_THREAD_CPUTIME_ID)) / 1e9
    }

    private static func nanoseconds(_ clock: clockid_t) -> UInt64 {
        var time = timespec()
        clock_gettime(clock, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
