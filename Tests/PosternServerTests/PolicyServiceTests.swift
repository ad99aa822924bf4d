// SPDX-License-Identifier: Apache-2.0
import Foundation
import Logging
import Milter
import Testing

@testable import PosternServer

@Suite struct `The policy service` {
    private let directory: ScratchDirectory
    private let path: String
    private let limits: PolicyLimits

    init() throws {
        directory = try ScratchDirectory()
        path = directory.path + "/policy"
        limits = try PolicyWorld.limits(in: directory, rates: "100/1h")
    }

    private static let question = PolicyWorld.request("RCPT", instance: "1")
    private static let dunno = "action=DUNNO\n\n"

    /// Runs the service while `body` does.
    private func serving(mostClients: Int = PolicyService.mostClients, _ body: () async throws -> Void) async throws {
        let service = try await PolicyService(
            .unix(path: path), limits: limits, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            mostClients: mostClients)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            defer { group.cancelAll() }
            try await body()
        }
    }

    @Test func `answers fifty requests sent at once, in their order`() async throws {
        try await serving {
            let client = try PolicyPeer(path)
            let questions = (0..<50).map { number in
                PolicyWorld.request("RCPT", instance: "1", recipient: "r\(number)@example.org", login: "burst")
            }
            try client.send(questions.joined())
            client.finish()
            let answers = client.readToEnd().components(separatedBy: "\n\n").dropLast()
            #expect(answers.count == 50)
            #expect(answers.allSatisfy { $0 == "action=DUNNO" })
            #expect(limits.counters.requests.value == 50)
        }
    }

    @Test func `refuses in the order of the questions what is over the limit`() async throws {
        let limits = try PolicyWorld.limits(in: directory, rates: "3/1h", over: "reject")
        let service = try await PolicyService(
            .unix(path: path), limits: limits, log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await service.run() }
            defer { group.cancelAll() }
            let client = try PolicyPeer(path)
            try client.send(
                (0..<5).map { PolicyWorld.request("RCPT", instance: "1", recipient: "r\($0)@example.org") }.joined())
            client.finish()
            let answers = client.readToEnd().components(separatedBy: "\n\n").dropLast()
            #expect(
                answers.map { $0.prefix(10) } == Array(repeating: "action=DUN", count: 3) + [
                    "action=550", "action=550",
                ])
        }
    }

    @Test func `answers a client that has closed its sending half, and drops what has no end`() async throws {
        try await serving {
            let client = try PolicyPeer(path)
            try client.send(Self.question + "request=smtpd_access_policy\nprotocol_state=RC")
            client.finish()
            #expect(client.readToEnd() == Self.dunno)
        }
    }

    @Test(arguments: [
        String(repeating: "x", count: 9000), String(repeating: "a=b\n", count: 20_000), "\n\n\n", "\0\0\0\n\n",
        "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "request=smtpd_access_policy\nprotocol_state=RCPT\n",
    ])
    func `is not harmed by a bad client, nor are the others`(nonsense: String) async throws {
        try await serving {
            let good = try PolicyPeer(path)
            try good.send(Self.question)
            #expect(try good.read(Self.dunno.utf8.count) == Self.dunno)
            let bad = try PolicyPeer(path)
            // It may be closed before all is sent.
            try? bad.send(nonsense)
            bad.finish()
            let answered = bad.readToEnd()
            #expect(answered.components(separatedBy: Self.dunno).joined() == "")
            try good.send(Self.question)
            #expect(try good.read(Self.dunno.utf8.count) == Self.dunno)
        }
    }

    @Test func `closes a connection whose line has no end, with what it owed answered`() async throws {
        try await serving {
            let client = try PolicyPeer(path)
            try? client.send(Self.question + String(repeating: "x", count: 100_000))
            #expect(client.readToEnd() == Self.dunno)
            #expect(limits.counters.faults.value == 1)
        }
    }

    @Test func `reads no more from a client that does not read its answers`() async throws {
        try await serving {
            let client = try PolicyPeer(path)
            // A question of 4 bytes has an answer of 14: without a bound the service would keep all of these.
            let questions = String(repeating: "a=\n\n", count: 1 << 20)
            let sent = client.sendWithoutWaiting(questions)
            #expect(sent < questions.utf8.count)
            let other = try PolicyPeer(path)
            try other.send(Self.question)
            #expect(try other.read(Self.dunno.utf8.count) == Self.dunno)
        }
    }

    @Test func `turns away the client beyond the last, and takes the next when one has gone`() async throws {
        try await serving(mostClients: 1) {
            let first = try PolicyPeer(path)
            try first.send(Self.question)
            #expect(try first.read(Self.dunno.utf8.count) == Self.dunno)
            let second = try PolicyPeer(path)
            #expect(second.readToEnd() == "")
            #expect(limits.counters.turnedAway.value == 1)
            first.finish()
            #expect(first.readToEnd() == "")
            var answer = ""
            while answer.isEmpty {
                let third = try PolicyPeer(path)
                try? third.send(Self.question)
                third.finish()
                answer = third.readToEnd()
            }
            #expect(answer == Self.dunno)
        }
    }

    @Test func `closes its clients when it stops, and frees the socket for the next`() async throws {
        var client: PolicyPeer?
        try await serving {
            client = try PolicyPeer(path)
            try client?.send(Self.question)
            #expect(try client?.read(Self.dunno.utf8.count) == Self.dunno)
        }
        #expect(client?.readToEnd() == "")
        try await serving {
            let next = try PolicyPeer(path)
            try next.send(Self.question)
            #expect(try next.read(Self.dunno.utf8.count) == Self.dunno)
        }
    }
}
