// SPDX-License-Identifier: Apache-2.0
import Glibc
import PosternCore
import Testing

@testable import Resolving

private let (a, mx, aaaa): (UInt16, UInt16, UInt16) = (1, 15, 28)

/// A resolver whose server answers so.
func withResolver<Value>(
    limit: Duration = .seconds(120), width: Int = 32, capacity: Int = 1000,
    answering answer: @escaping @Sendable (TestNameServer.Question) -> TestNameServer.Saying,
    _ body: (Resolver, TestNameServer) async throws -> Value
) async throws -> Value {
    let server = try TestNameServer(answer)
    let resolver = Resolver(.these([server.address]), limit: limit, width: width, capacity: capacity)
    let value: Value
    do {
        value = try await body(resolver, server)
    } catch {
        server.stop()
        throw error
    }
    await resolver.close()
    server.stop()
    return value
}

@Suite struct `A resolver` {
    /// What the resolver says of example.org where its MX and addresses are so.
    private func exchangers(
        _ answer: @escaping @Sendable (TestNameServer.Question) -> TestNameServer.Saying
    ) async throws -> Answer<[String]> {
        try await withResolver(answering: answer) { resolver, _ in await resolver.mx(of: "example.org") }
    }

    @Test func `names a domain's mail hosts by preference, in lower case`() async throws {
        let answer = try await exchangers { _ in
            .mx((20, "b.example.net"), (10, "Z.Mail.Protection.OUTLOOK.com"), (20, "a.example.net"))
        }
        #expect(answer == .found(["z.mail.protection.outlook.com", "a.example.net", "b.example.net"]))
    }

    @Test func `takes a domain with an address and no MX for its own mail host`() async throws {
        #expect(try await exchangers { $0.type == a ? .records([192, 0, 2, 1]) : .nothing } == .found(["example.org"]))
        let address = [UInt8](repeating: 1, count: 16)
        #expect(try await exchangers { $0.type == aaaa ? .records(address) : .nothing } == .found(["example.org"]))
    }

    @Test func `says that there is nothing for a null MX, for no such name, and for a name without mail or address`()
        async throws
    {
        #expect(try await exchangers { $0.type == mx ? .mx((0, "")) : .records([192, 0, 2, 1]) } == .nothing)
        #expect(try await exchangers { _ in .noName } == .nothing)
        #expect(try await exchangers { _ in .nothing } == .nothing)
    }

    @Test func `does not take a failure for nothing, be it at the MX or at the address`() async throws {
        #expect(try await exchangers { _ in .failure } == .failed(.server(code: 2)))
        #expect(try await exchangers { $0.type == mx ? .nothing : .failure } == .failed(.server(code: 2)))
        let answer = try await withResolver(limit: .milliseconds(300), answering: { _ in .silence }) { resolver, _ in
            await resolver.mx(of: "example.org")
        }
        #expect(answer == .failed(.late))
    }

    @Test(arguments: ["", ".", "a..b", "[192.0.2.1]", "ex ample.org", "exämple.org", "a\\.b", "x\0y.org"])
    func `asks nobody for what is no name`(name: String) async throws {
        try await withResolver(answering: { _ in .failure }) { resolver, server in
            #expect(await resolver.mx(of: name) == .failed(.badName))
            #expect(await resolver.addresses(of: name, in: .v4) == .failed(.badName))
            #expect(server.questions.isEmpty)
        }
    }

    @Test func `passes over a host whose name holds a dot within a label, and fails where nothing else is left`()
        async throws
    {
        let lookalike: [UInt8] = [0, 1, 11] + Array("outlook.com".utf8) + [0]
        let answer = try await exchangers { _ in
            .records([lookalike, [0, 9] + TestNameServer.wire("mx.example.net")], timeToLive: 60)
        }
        #expect(answer == .found(["mx.example.net"]))
        #expect(try await exchangers { _ in .records(lookalike) } == .failed(.malformed))
    }

    @Test func `asks once for what it knows, even where the record is to be forgotten at once`() async throws {
        try await withResolver(answering: { _ in
            .records([[0, 10] + TestNameServer.wire("mx.example.net")], timeToLive: 0)
        }) { resolver, server in
            // It is forgotten after a minute: on a busy machine one round may take longer, and tells nothing then.
            for round in 1...10 {
                let began = ContinuousClock.now
                var counts: Set<Int> = []
                for name in ["d\(round).example", "D\(round).Example."] {
                    #expect(await resolver.mx(of: name) == .found(["mx.example.net"]))
                    counts.insert(server.questions.count { $0.name.lowercased() == "d\(round).example" })
                }
                guard ContinuousClock.now - began > .seconds(30) else {
                    #expect(counts.count == 1)
                    return
                }
            }
            Issue.record("this machine is too slow to tell")
        }
    }

    @Test func `answers many at once, though few are out at a time`() async throws {
        try await withResolver(width: 2, answering: { .mx((1, "mx.\($0.name)")) }) { resolver, _ in
            let wrong = await withTaskGroup(of: Int.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        await resolver.mx(of: "d\(number).example") == .found(["mx.d\(number).example"]) ? 0 : 1
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(wrong == 0)
        }
    }

    @Test func `turns away what is more than it has room for`() async throws {
        try await withResolver(capacity: 1, answering: { _ in .silence }) { resolver, _ in
            let answers = await withTaskGroup(of: Answer<[String]>.self) { group in
                for number in 0..<2 { group.addTask { await resolver.mx(of: "d\(number).example") } }
                // One of the two is answered at once; the other waits until its task is cancelled.
                let first = await group.next()
                group.cancelAll()
                return [first, await group.next()]
            }
            #expect(answers == [.failed(.busy), .failed(.closed)])
        }
    }

    @Test func `leaves nobody waiting when it is closed, nor anybody who comes later`() async throws {
        try await withResolver(answering: { _ in .silence }) { resolver, server in
            async let waiting = resolver.mx(of: "example.org")
            while server.questions.isEmpty { await Task.yield() }
            await resolver.close()
            #expect(await waiting == .failed(.closed))
            #expect(await resolver.mx(of: "example.org") == .failed(.closed))
        }
    }

    /// A server of resolv.conf(5) is asked at port 53, which only root can serve.
    @Test(.enabled(if: geteuid() == 0)) func `asks the servers that its file names by now`() async throws {
        let path = "/tmp/resolving-\(getpid()).conf"
        defer { remove(path) }
        try write("nameserver 127.83.0.1\n", to: path)
        let resolver = Resolver(.file(path), limit: .seconds(2))
        guard case .failed = await resolver.mx(of: "example.org") else {
            Issue.record("an answer, though nobody serves")
            return
        }
        let server = try TestNameServer(at: (127, 83, 0, 2), port: 53) { _ in .mx((1, "mx.example.net")) }
        try write("# another network\nnameserver 127.83.0.2\n", to: path)
        #expect(await resolver.mx(of: "example.org") == .found(["mx.example.net"]))
        await resolver.close()
        server.stop()
    }
}

private func write(_ text: String, to path: String) throws {
    guard let file = fopen(path, "w") else { throw TestNameServer.Unavailable() }
    fputs(text, file)
    fclose(file)
}
