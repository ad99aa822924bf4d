// SPDX-License-Identifier: Apache-2.0
import Milter
import MilterClient
import Testing

@Suite struct `A load` {
    @Test(arguments: [MilterLoad.Reuse.kept, .fresh])
    func `has every message decided, over as many connections as asked for`(reuse: MilterLoad.Reuse) throws {
        let server = try TestServer.shared.get()
        let load = MilterLoad(
            endpoint: server.endpoint, connections: 4, messages: 101, bodySize: 70_000, headerFields: 7, recipients: 3,
            logins: 10, reuse: reuse)
        let result = try load.run()
        #expect(result.messages == 101)
        #expect(result.connections == 4)
        #expect(result.refused == 0)
        #expect(result.modifications == 101, "the test's server inserts one header field a message")
        #expect(result.medianMicroseconds <= result.percentile99Microseconds)
        #expect(result.percentile99Microseconds <= result.maximumMicroseconds)
        #expect(result.maximumMicroseconds > 0)
        #expect(result.rate > 0)
    }

    @Test func `counts messages that are refused`() throws {
        let server = try TestServer.shared.get()
        _ = server.listen(to: "client.refused.example", .init(verdicts: ["rcpt": .reject]))
        let load = MilterLoad(
            endpoint: server.endpoint, connections: 1, messages: 10, bodySize: 10, domain: "refused.example")
        #expect(try load.run().refused == 10)
    }

    @Test func `says when nobody answers`() throws {
        let folder = try ScratchFolder()
        #expect(throws: MilterClientError.cannotConnect(errno: 2)) {
            try MilterLoad(endpoint: .unix(path: folder.file("none"))).run()
        }
    }
}
