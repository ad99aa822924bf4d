// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization

/// A name server on a loopback port of its own that says what a test wants, wrong things included.
final class TestNameServer: Sendable {
    /// What is said to a question.
    enum Saying: Sendable {
        /// Records by their data, with a time to live in seconds.
        case records([[UInt8]], timeToLive: UInt32)
        /// An error by its number, or 0 for an answer without records.
        case code(UInt8)
        case silence

        static let nothing = Saying.code(0)
        static let noName = Saying.code(3)
        static let failure = Saying.code(2)
        /// Records that live for an hour.
        static func records(_ records: [UInt8]...) -> Saying { .records(records, timeToLive: 3600) }
        static func mx(_ hosts: (UInt8, String)...) -> Saying {
            .records(hosts.map { [0, $0.0] + wire($0.1) }, timeToLive: 3600)
        }
    }

    struct Question: Hashable, Sendable {
        var name: String
        var type: UInt16
    }

    /// For `Resolver`: the address with its port.
    let address: String
    private let socket: Int32
    private let asked = Mutex<[Question]>([])
    private let answer: @Sendable (Question) -> Saying

    /// Serves until `stop()`, at a free port if none is named.
    init(
        at host: (UInt32, UInt32, UInt32, UInt32) = (127, 0, 0, 1), port: UInt16 = 0,
        _ answer: @escaping @Sendable (Question) -> Saying
    ) throws {
        self.answer = answer
        let socket = Glibc.socket(AF_INET, Int32(SOCK_DGRAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var here = sockaddr_in()
        here.sin_family = sa_family_t(AF_INET)
        here.sin_port = port.bigEndian
        here.sin_addr.s_addr = (host.0 << 24 | host.1 << 16 | host.2 << 8 | host.3).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &here) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { here in
                bind(socket, here, length) == 0 && getsockname(socket, here, &length) == 0
            } ? UInt16(bigEndian: pointer.pointee.sin_port) : 0
        }
        guard bound > 0 else { throw Unavailable() }
        self.socket = socket
        address = "\(host.0).\(host.1).\(host.2).\(host.3)@\(bound)"
        var thread = pthread_t()
        let mine = Unmanaged.passRetained(self)
        pthread_create(
            &thread, nil,
            { argument in
                if let argument { Unmanaged<TestNameServer>.fromOpaque(argument).takeRetainedValue().serve() }
                return nil
            }, mine.toOpaque())
        pthread_detach(thread)
    }

    struct Unavailable: Error {}

    /// All that was asked so far.
    var questions: [Question] { asked.withLock { $0 } }

    func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

    /// A name in wire form (RFC 1035 §3.1).
    static func wire(_ name: String) -> [UInt8] {
        name.split(separator: ".").flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) } + [0]
    }

    private func serve() {
        var packet = [UInt8](repeating: 0, count: 1500)
        while true {
            var peer = sockaddr_storage()
            var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
            let received = withUnsafeMutablePointer(to: &peer) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { peer in
                    let received = recvfrom(socket, &packet, packet.count, 0, peer, &length)
                    if received > 0, let reply = reply(to: packet[..<received]) {
                        sendto(socket, reply, reply.count, 0, peer, length)
                    }
                    return received
                }
            }
            if received <= 0 { break }
        }
        close(socket)
    }

    /// The reply as RFC 1035 §4.1 has it: header, question, records.
    private func reply(to packet: ArraySlice<UInt8>) -> [UInt8]? {
        var rest = packet.dropFirst(12)
        var labels: [String] = []
        while let length = rest.popFirst(), length > 0 {
            labels.append(String(decoding: rest.prefix(Int(length)), as: UTF8.self).lowercased())
            rest = rest.dropFirst(Int(length))
        }
        guard packet.count > 16, rest.count >= 4 else { return nil }
        let type = UInt16(rest[rest.startIndex]) << 8 | UInt16(rest[rest.startIndex + 1])
        let question = Question(name: labels.joined(separator: "."), type: type)
        asked.withLock { $0.append(question) }
        let (code, records, life): (UInt8, [[UInt8]], UInt32)
        switch answer(question) {
        case .records(let all, let timeToLive): (code, records, life) = (0, all, timeToLive)
        case .code(let number): (code, records, life) = (number, [], 0)
        case .silence: return nil
        }
        var reply: [UInt8] = [packet[packet.startIndex], packet[packet.startIndex + 1], 0x81, 0x80 | code]
        reply += [0, 1, 0, UInt8(records.count), 0, 0, 0, 0]
        reply += packet[(packet.startIndex + 12)..<(rest.startIndex + 4)]
        for record in records {
            reply += [0xC0, 12, UInt8(type >> 8), UInt8(type & 0xFF), 0, 1]
            reply += (0..<4).reversed().map { UInt8(truncatingIfNeeded: life >> (8 * UInt32($0))) }
            reply += [UInt8(record.count >> 8), UInt8(record.count & 0xFF)] + record
        }
        return reply
    }
}
