// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Requests to a policy service, each connection asking its next as soon as the last is answered, as smtpd(8) does.
///
/// One thread serves all connections, with one write and mostly one read a request.
struct PolicyLoad {
    let socket: String
    let connections: Int
    let requests: Int
    /// How many logins ask in turn.
    let logins: Int
    /// The number of the first message: no two runs against one server may share any.
    let firstMessage: Int

    /// What was measured.
    struct Result {
        let rate: Double
        /// From the write to the answer, in microseconds: half of the requests take at most so long, and 99 of 100.
        let median: Double
        let percentile99: Double
        let maximum: Double
        /// Answers other than DUNNO.
        let refused: Int
    }

    private struct Slot {
        let descriptor: CInt
        var began: UInt64 = 0
    }

    func run() throws -> Result {
        var slots: [Slot] = []
        defer { for slot in slots { close(slot.descriptor) } }
        for _ in 0..<connections { slots.append(Slot(descriptor: try connect())) }
        var polls = slots.map { pollfd(fd: $0.descriptor, events: Int16(POLLIN), revents: 0) }
        var request = PolicyRequestBytes()
        var nanoseconds: [UInt32] = []
        nanoseconds.reserveCapacity(requests)
        var asked = 0
        var refused = 0
        func ask(_ index: Int) throws {
            request.set(login: (firstMessage + asked) % logins, message: firstMessage + asked)
            asked += 1
            slots[index].began = Self.now()
            let count = request.bytes.withUnsafeBytes { write(slots[index].descriptor, $0.baseAddress, $0.count) }
            guard count == request.bytes.count else { throw BenchFailure(description: "\(socket): a short write") }
        }
        let began = Self.now()
        for index in slots.indices where asked < requests { try ask(index) }
        var answer = [UInt8](repeating: 0, count: 512)
        while nanoseconds.count < requests {
            guard poll(&polls, nfds_t(polls.count), 30_000) > 0 else {
                throw BenchFailure(description: "\(socket) does not answer")
            }
            for index in polls.indices where polls[index].revents != 0 {
                let count = recv(slots[index].descriptor, &answer, answer.count, 0)
                guard count > 0 else { throw BenchFailure(description: "\(socket) hung up") }
                guard answer[count - 1] == UInt8(ascii: "\n") else { continue }
                nanoseconds.append(UInt32(clamping: Self.now() - slots[index].began))
                if !answer[..<count].elementsEqual(Self.usual, by: { $0 | 0x20 == $1 | 0x20 }) { refused += 1 }
                if asked < requests { try ask(index) }
            }
        }
        let seconds = Double(Self.now() - began) / 1e9
        nanoseconds.sort()
        func share(_ percent: Int) -> Double { Double(nanoseconds[max((requests * percent + 99) / 100 - 1, 0)]) / 1000 }
        return Result(
            rate: Double(requests) / seconds, median: share(50), percentile99: share(99), maximum: share(100),
            refused: refused)
    }

    private static let usual = Array("action=dunno\n\n".utf8)

    private func connect() throws -> CInt {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: socket.utf8.prefix($0.count - 1)) }
        let descriptor = Glibc.socket(AF_UNIX, CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        let status = withUnsafeBytes(of: address) { bytes -> CInt in
            guard let start = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return Glibc.connect(descriptor, start, socklen_t(bytes.count))
        }
        guard status == 0 else { throw BenchFailure(description: "\(socket): no connection, error \(errno)") }
        return descriptor
    }

    private static func now() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
