// SPDX-License-Identifier: Apache-2.0
import PosternCore
import Testing

@testable import Resolving

@Suite struct `A blocklist` {
    /// The verdict on 192.0.2.99 where names of the list have these addresses, and others do not exist.
    private func verdict(_ records: [String: [UInt8]], else other: TestNameServer.Saying = .noName) async throws
        -> Blocklist.Verdict
    {
        try await withResolver(answering: { question in
            records[question.name].map { .records($0) } ?? other
        }) { resolver, _ in
            await Blocklist("bl.example", by: resolver).verdict(on: .v4(0xC000_0263))
        }
    }

    private let point = "2.0.0.127.bl.example"
    private let ours = "99.2.0.192.bl.example"

    @Test func `names an address or does not`() async throws {
        #expect(try await verdict([point: [127, 0, 0, 2], ours: [127, 0, 0, 11]]) == .listed)
        #expect(try await verdict([point: [127, 0, 0, 2]]) == .notListed)
    }

    @Test func `tells nothing where its test point is missing, or says that it may not be asked from here`()
        async throws
    {
        let cases: [[String: [UInt8]]] = [
            [:], [ours: [127, 0, 0, 2]], [point: [127, 255, 255, 254], ours: [127, 0, 0, 2]],
        ]
        for records in cases {
            guard case .unknown = try await verdict(records) else {
                Issue.record("a verdict from \(records)")
                continue
            }
        }
    }

    @Test func `tells nothing where every name there is has an address, or ours an odd one`() async throws {
        let cases: [([String: [UInt8]], TestNameServer.Saying)] = [
            ([:], .records([127, 0, 0, 2])),
            ([point: [127, 0, 0, 2], ours: [127, 255, 255, 252]], .noName),
            ([point: [127, 0, 0, 2], ours: [192, 0, 2, 80]], .noName),
        ]
        for (records, other) in cases {
            guard case .unknown = try await verdict(records, else: other) else {
                Issue.record("a verdict from \(records)")
                continue
            }
        }
    }

    @Test func `tells nothing while the DNS fails`() async throws {
        #expect(try await verdict([:], else: .failure) == .unknown("bl.example: SERVFAIL"))
    }

    @Test func `is asked for an address by its reversed labels`() {
        #expect(Blocklist.reversed(.v4(0xC000_0201)) == "1.2.0.192.")
        #expect(
            Blocklist.reversed(.v6(0x2001_0DB8_0001_0002, 0x0003_0004_0567_89AB))
                == "b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.")
    }
}
